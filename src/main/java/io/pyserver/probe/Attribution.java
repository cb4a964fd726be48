package io.pyserver.probe;

/**
 * The sender of a request.
 *
 * @param caller who sent it
 * @param probe which probe it is; {@link ProbeKind#NONE} for any caller but the node
 * @param claimed whether it claims to be a probe, but its caller is not the node
 */
public record Attribution(Caller caller, ProbeKind probe, boolean claimed) {
}
