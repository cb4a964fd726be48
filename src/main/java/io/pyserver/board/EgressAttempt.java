package io.pyserver.board;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

import org.jspecify.annotations.Nullable;

/**
 * One connection that is being made. Refused and not answered in time both mean blocked:
 * policy engines do either.
 */
final class EgressAttempt {

	private @Nullable SocketChannel channel;

	private Outcome outcome = Outcome.NO_ANSWER;

	private EgressAttempt() {
	}

	static EgressAttempt begin(EgressTarget target, Selector selector) {
		EgressAttempt attempt = new EgressAttempt();
		try {
			attempt.channel = SocketChannel.open();
			attempt.channel.configureBlocking(false);
			if (attempt.channel.connect(target.address())) {
				attempt.outcome = Outcome.CONNECTED;
			}
			else {
				attempt.channel.register(selector, SelectionKey.OP_CONNECT, attempt);
			}
		}
		catch (IOException ex) {
			attempt.outcome = Outcome.REFUSED;
		}
		return attempt;
	}

	boolean isPending() {
		return this.outcome == Outcome.NO_ANSWER;
	}

	void look() {
		try {
			if (isPending() && this.channel != null && this.channel.finishConnect()) {
				this.outcome = Outcome.CONNECTED;
			}
		}
		catch (IOException ex) {
			this.outcome = Outcome.REFUSED;
		}
	}

	/** Looks once more, as this process may have been late, and lets go. */
	Outcome end() {
		look();
		try {
			if (this.channel != null) {
				this.channel.close();
			}
		}
		catch (IOException ex) {
			// It is of no more use either way.
		}
		return this.outcome;
	}

	/** What became of it. */
	enum Outcome {

		CONNECTED("connected"), REFUSED("refused"), NO_ANSWER("no answer");

		private final String words;

		Outcome(String words) {
			this.words = words;
		}

		String words() {
			return this.words;
		}

	}

}
