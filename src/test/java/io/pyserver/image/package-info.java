/** What is in the image, and what it says of itself. */
@NullMarked
package io.pyserver.image;

import org.jspecify.annotations.NullMarked;
