package io.pyserver.lab.cluster;

/** What a command printed, and how it ended. */
public record Output(int exitCode, String stdout, String stderr) {

	public boolean succeeded() {
		return this.exitCode == 0;
	}

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
