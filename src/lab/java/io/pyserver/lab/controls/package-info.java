/**
 * The connections that show whether policies are enforced, and the pods without policies
 * that they are tried from and to.
 */
@NullMarked
package io.pyserver.lab.controls;

import org.jspecify.annotations.NullMarked;
