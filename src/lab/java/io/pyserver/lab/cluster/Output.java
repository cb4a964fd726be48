package io.pyserver.lab.cluster;

/** The exit code of a command, and what it printed. */
public record Output(int exitCode, String stdout, String stderr) {

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
