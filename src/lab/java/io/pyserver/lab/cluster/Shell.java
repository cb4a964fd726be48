package io.pyserver.lab.cluster;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import io.fabric8.kubernetes.client.dsl.PodResource;

/** Runs commands on a node or in a container; no shell interprets the arguments. */
public interface Shell {

	Output run(List<String> command);

	default Output run(String... command) {
		return run(List.of(command));
	}

	/** The exit code of a command, and what it printed. */
	record Output(int exitCode, String stdout, String stderr) {

		public boolean succeeded() {
			return this.exitCode == 0;
		}

		/**
		 * Returns this output if the command succeeded.
		 * @param command the name of the command in the message
		 * @throws IllegalStateException if the command failed, with what it printed
		 */
		public Output orThrow(Object command) {
			if (!succeeded()) {
				throw new IllegalStateException(command + " ended with " + this.exitCode + ": " + everything().strip());
			}
			return this;
		}

		public String everything() {
			return this.stdout + this.stderr;
		}

	}

	/**
	 * A shell in a container of a pod. The container may start later.
	 *
	 * @param pod the pod of that name, even if it has been replaced
	 */
	record InContainer(PodResource pod, String name, String container) implements Shell {

		/**
		 * Runs a command.
		 * @throws IllegalStateException if it is not known how the command ended
		 */
		@Override
		public Output run(List<String> command) {
			ByteArrayOutputStream output = new ByteArrayOutputStream();
			ByteArrayOutputStream errors = new ByteArrayOutputStream();
			End end = new End(new CompletableFuture<>());
			try (ExecWatch running = this.pod.inContainer(this.container)
				.writingOutput(output)
				.writingError(errors)
				.usingListener(end)
				.exec(command.toArray(String[]::new))) {
				Integer exitCode = running.exitCode().get(Limits.ALL.command().toSeconds(), TimeUnit.SECONDS);
				if (exitCode == null) {
					throw failed(command, "it was broken off", null);
				}
				String error = (exitCode < 0) ? end.message().getNow("") : errors.toString(StandardCharsets.UTF_8);
				return new Output(exitCode, output.toString(StandardCharsets.UTF_8), error);
			}
			catch (KubernetesClientException | ExecutionException ex) {
				throw failed(command, ex.getMessage(), ex);
			}
			catch (TimeoutException ex) {
				throw failed(command, "it has not ended within " + Limits.ALL.command().toSeconds() + " s", ex);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw failed(command, "interrupted", ex);
			}
		}

		private IllegalStateException failed(List<String> command, String reason, Exception cause) {
			return new IllegalStateException("In pod " + this.name + ", " + command + " failed: " + reason, cause);
		}

		@Override
		public String toString() {
			return "pod " + this.name;
		}

		/** Keeps the reason why a command could not be started. */
		private record End(CompletableFuture<String> message) implements ExecListener {

			@Override
			public void onExit(int code, Status status) {
				this.message.complete((status != null) ? String.valueOf(status.getMessage()) : "");
			}

			@Override
			public void onClose(int code, String reason) {
			}

		}

	}

}
