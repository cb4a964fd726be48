@NullMarked
package io.pyserver.startup;

import org.jspecify.annotations.NullMarked;
