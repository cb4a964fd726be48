/**
 * Whether the image starts as fast as it was built to.
 */
@NullMarked
package io.pyserver.startup;

import org.jspecify.annotations.NullMarked;
