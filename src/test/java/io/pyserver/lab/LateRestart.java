package io.pyserver.lab;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.experiment.Sabotage;

/** Once one pod was started again, another one's container ends. */
record LateRestart(String first, String then) implements Sabotage {

	@Override
	public Ongoing apply(PodGroup pods, Runnable policies) {
		policies.run();
		ScheduledExecutorService later = new ScheduledThreadPoolExecutor(1);
		later.scheduleWithFixedDelay(() -> {
			if (!later.isShutdown() && pods.restarts().getOrDefault(this.first, 0) > 0) {
				pods.shell(this.then).run("kill", "1");
				later.shutdown();
			}
		}, 0, 300, TimeUnit.MILLISECONDS);
		return later::shutdownNow;
	}

}
