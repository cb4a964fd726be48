/**
 * The kubelet's tcpSocket probe, for those who ask for it.
 */
@NullMarked
package io.pyserver.tcp;

import org.jspecify.annotations.NullMarked;
