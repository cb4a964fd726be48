/** Cloud Build's configuration, read as Cloud Build reads it, and run on this machine. */
@NullMarked
package io.pyserver.cloudbuild;

import org.jspecify.annotations.NullMarked;
