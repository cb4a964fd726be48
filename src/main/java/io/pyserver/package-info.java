/** The service. Each package below contains one feature. */
@NullMarked
package io.pyserver;

import org.jspecify.annotations.NullMarked;
