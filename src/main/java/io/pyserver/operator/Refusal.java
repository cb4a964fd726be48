package io.pyserver.operator;

/** A request that an operator has to put right: which field of it, and how. */
final class Refusal extends Exception {

	private static final long serialVersionUID = 1;

	private final int status;

	private final String field;

	Refusal(int status, String field, String problem) {
		super(field + " " + problem);
		this.status = status;
		this.field = field;
	}

	int status() {
		return this.status;
	}

	String field() {
		return this.field;
	}

}
