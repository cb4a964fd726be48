/** The kubelet's tcpSocket probe, which a property turns on. */
@NullMarked
package io.pyserver.tcp;

import org.jspecify.annotations.NullMarked;
