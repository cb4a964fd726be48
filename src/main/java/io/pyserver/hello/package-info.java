/**
 * The two routes, and Flask's answers to everything else.
 */
@NullMarked
package io.pyserver.hello;

import org.jspecify.annotations.NullMarked;
