package io.pyserver.lab.shipped;

/**
 * What the kubelet holds against a pod.
 *
 * @param restarts how often its container was started again
 * @param unhealthy how often a probe failed, by the {@code Unhealthy} events
 */
public record PodHealth(int restarts, int unhealthy) {
}
