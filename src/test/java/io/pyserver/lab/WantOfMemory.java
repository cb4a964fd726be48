package io.pyserver.lab;

import java.util.List;

import io.pyserver.lab.cluster.SideBySide;
import io.pyserver.lab.controls.Target;
import io.pyserver.lab.experiment.Sabotage;

/** Uses up the memory of each container, once, while its probes are watched. */
final class WantOfMemory implements Sabotage {

	/** {@code tail} keeps in memory what it may have to print. */
	private static final String USE_UP = "head -c 200m /dev/zero | tail -c 190m > /dev/null";

	@Override
	public Ongoing start(List<Target> pods) {
		SideBySide.each(pods, (pod) -> {
			try {
				pod.shell().run("sh", "-c", USE_UP);
			}
			catch (IllegalStateException ex) {
				// The command ends with the container.
			}
		});
		return () -> {
		};
	}

}
