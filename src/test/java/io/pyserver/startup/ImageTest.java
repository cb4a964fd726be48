package io.pyserver.startup;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.condition.EnabledIf;

/** A test of the image that the build has left, skipped where it has left none. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@EnabledIf(value = "io.pyserver.startup.UnpackedImage#isBuilt",
		disabledReason = "there is no target/jib-image.tar; the build's output says why")
public @interface ImageTest {

}
