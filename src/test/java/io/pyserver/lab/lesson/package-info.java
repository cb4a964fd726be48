/**
 * The lesson, once: the shipped Deployment under both policies, what was seen of it, and
 * what follows.
 */
@NullMarked
package io.pyserver.lab.lesson;

import org.jspecify.annotations.NullMarked;
