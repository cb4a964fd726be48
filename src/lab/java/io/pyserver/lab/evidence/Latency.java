package io.pyserver.lab.evidence;

/**
 * How long successful probes took, as the kubelet measured it. A quantile is interpolated
 * within its bucket, as Prometheus does.
 *
 * @param probes how many were measured
 * @param medianMs in milliseconds
 * @param p99Ms 99 of 100 took no longer, in milliseconds
 */
public record Latency(long probes, double medianMs, double p99Ms) {
}
