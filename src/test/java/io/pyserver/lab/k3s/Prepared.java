package io.pyserver.lab.k3s;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * What several tests share, or why it could not be had: none of them waits for the same
 * failure again.
 */
record Prepared(@Nullable AutoCloseable shared, @Nullable RuntimeException failure) implements AutoCloseable {

	static Prepared by(Supplier<? extends AutoCloseable> preparation) {
		try {
			return new Prepared(preparation.get(), null);
		}
		catch (RuntimeException ex) {
			return new Prepared(null, ex);
		}
	}

	/**
	 * What was prepared.
	 * @throws RuntimeException that of the preparation, to each who asks
	 */
	<T extends AutoCloseable> T as(Class<T> type) {
		if (this.failure != null) {
			throw this.failure;
		}
		return type.cast(this.shared);
	}

	@Override
	public void close() {
		try {
			if (this.shared != null) {
				this.shared.close();
			}
		}
		catch (Exception ex) {
			throw new IllegalStateException("What the tests shared could not be removed: " + ex.getMessage(), ex);
		}
	}

}
