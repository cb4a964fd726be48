/**
 * What tests of several packages use: the service in this JVM, as a process or out of its
 * image, and clients of it, down to raw bytes for what no HTTP client would send or show.
 */
@NullMarked
package io.pyserver.support;

import org.jspecify.annotations.NullMarked;
