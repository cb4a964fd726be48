/** What GitHub does with the repository. */
@NullMarked
package io.pyserver.github;

import org.jspecify.annotations.NullMarked;
