package io.pyserver.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test of the image that the build has left, which it is given where it asks for an
 * {@link UnpackedImage}; skipped where none was left.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.pyserver.support.UnpackedImage#isBuilt",
		disabledReason = "there is no target/jib-image.tar; the build's output says why")
@ExtendWith(SharedImage.class)
public @interface ImageTest {

}
