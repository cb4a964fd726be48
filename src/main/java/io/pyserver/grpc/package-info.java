/**
 * The kubelet's gRPC probe, for those who ask for it.
 */
@NullMarked
package io.pyserver.grpc;

import org.jspecify.annotations.NullMarked;
