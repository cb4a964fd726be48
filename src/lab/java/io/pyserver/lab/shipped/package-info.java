/**
 * The shipped manifests as the lab deploys them: the Deployment as it is, its pod alone,
 * and the policies.
 */
@NullMarked
package io.pyserver.lab.shipped;

import org.jspecify.annotations.NullMarked;
