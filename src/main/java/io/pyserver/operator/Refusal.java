package io.pyserver.operator;

/** A request that an operator has to put right: with which status, and what of it. */
final class Refusal extends Exception {

	private static final long serialVersionUID = 1;

	private final int status;

	private final transient Problem problem;

	Refusal(int status, String field, String problem) {
		this.status = status;
		this.problem = new Problem(field, field + " " + problem);
	}

	int status() {
		return this.status;
	}

	Problem problem() {
		return this.problem;
	}

	/** By the name of the field or the header. */
	record Problem(String field, String error) {
	}

}
