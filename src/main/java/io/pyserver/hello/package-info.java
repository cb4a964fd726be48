/** The two routes, and Flask's answers to all other requests. */
@NullMarked
package io.pyserver.hello;

import org.jspecify.annotations.NullMarked;
