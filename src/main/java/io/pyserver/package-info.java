/**
 * The service. Each package below is one feature: what is answered, what is logged.
 */
@NullMarked
package io.pyserver;

import org.jspecify.annotations.NullMarked;
