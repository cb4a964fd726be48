/**
 * The controls, and the pods without policies at their other ends.
 */
@NullMarked
package io.pyserver.lab.controls;

import org.jspecify.annotations.NullMarked;
