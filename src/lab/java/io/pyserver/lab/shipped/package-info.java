/**
 * The shipped manifests, as tests deploy them: the Deployment as it is, its pod by
 * itself, and the policies.
 */
@NullMarked
package io.pyserver.lab.shipped;

import org.jspecify.annotations.NullMarked;
