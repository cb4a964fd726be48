/**
 * The web server that everything else is plugged into.
 */
@NullMarked
package io.pyserver.web;

import org.jspecify.annotations.NullMarked;
