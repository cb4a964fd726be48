package io.pyserver.lab;

/** What a command printed, and how it ended. */
record Output(int exitCode, String stdout, String stderr) {

	boolean succeeded() {
		return this.exitCode == 0;
	}

	Output orThrow(Object command) {
		if (!succeeded()) {
			throw new IllegalStateException(command + " ended with " + this.exitCode + ": " + everything().strip());
		}
		return this;
	}

	String everything() {
		return this.stdout + this.stderr;
	}

}
