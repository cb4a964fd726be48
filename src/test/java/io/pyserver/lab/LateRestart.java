package io.pyserver.lab;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;

import io.pyserver.lab.cluster.Condition;
import io.pyserver.lab.cluster.PodGroup;
import io.pyserver.lab.evidence.Kind;
import io.pyserver.lab.experiment.Operator;
import io.pyserver.lab.experiment.Sabotage;

/** Once one pod was started again, another one's liveness fails. */
record LateRestart(String first, String then) implements Sabotage {

	/** For both pods to be broken, one after the other, and to start again. */
	private static final Duration LIMIT = Duration.ofMinutes(5);

	@Override
	public Ongoing apply(PodGroup pods, Runnable policies) {
		policies.run();
		// Not on the common pool: on two cores it has one thread, which commands in pods
		// need.
		CompletableFuture<Void> ended = CompletableFuture.runAsync(() -> endAfterTheOther(pods),
				Thread::startVirtualThread);
		return ended::join;
	}

	private void endAfterTheOther(PodGroup pods) {
		await(() -> restarts(pods, this.first) > 0, this.first + " was not started again");
		int before = restarts(pods, this.then);
		new Operator(pods.shell(this.then)).set(Kind.LIVENESS, "{\"state\":\"broken\"}")
			.orThrow("Breaking " + this.then);
		await(() -> restarts(pods, this.then) > before, this.then + " was not started again");
	}

	private static int restarts(PodGroup pods, String name) {
		return pods.restarts().getOrDefault(name, 0);
	}

	private static void await(Callable<Boolean> condition, String otherwise) {
		if (!Condition.holdsWithin(LIMIT, condition)) {
			throw new IllegalStateException(otherwise);
		}
	}

}
