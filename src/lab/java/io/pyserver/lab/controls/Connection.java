package io.pyserver.lab.controls;

import io.pyserver.lab.cluster.Shell;
import io.pyserver.lab.evidence.Control;

/**
 * A new connection that is tried for a control.
 *
 * @param subject the pod that the control is about
 * @param from where it begins
 */
public record Connection(Control control, Endpoint subject, Shell from, String url) {
}
