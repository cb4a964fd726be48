package io.pyserver.board;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that looks at the board with Chromium. Without one it is skipped, and named at
 * the end of the run; with {@code -Dlab.required} it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserIsThere.class)
@interface BrowserTest {

}
