package io.pyserver.probe;

/**
 * What is known of a request's sender.
 *
 * @param caller who sent it
 * @param probe which probe it is; {@link ProbeKind#NONE} from anyone but the node
 * @param claimed whether it said it was a probe and, by its caller, is none
 */
public record Attribution(Caller caller, ProbeKind probe, boolean claimed) {
}
