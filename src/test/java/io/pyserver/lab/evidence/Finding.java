package io.pyserver.lab.evidence;

import java.util.List;

/**
 * A verdict and what it rests on.
 *
 * @param because one line each: for {@link Verdict#SURVIVES} what was seen, for the
 * others what went wrong or is missing
 */
public record Finding(Verdict verdict, List<String> because) {

	public Finding {
		because = List.copyOf(because);
	}

}
