/** The kubelet's gRPC probe, which a property turns on. */
@NullMarked
package io.pyserver.grpc;

import org.jspecify.annotations.NullMarked;
