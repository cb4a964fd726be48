/**
 * The documents, held against the repository and, as a reader would, against a cluster.
 * {@link io.pyserver.documents.Checks} looks at every page without running anything;
 * {@link io.pyserver.documents.Reader} pastes the commands of a page and compares what
 * they print with what the page shows.
 */
@NullMarked
package io.pyserver.documents;

import org.jspecify.annotations.NullMarked;
