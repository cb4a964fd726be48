package io.pyserver.lab.evidence;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** Something that settings and reports name in lower case, with dashes. */
public interface Label {

	/** The constant's name. */
	String name();

	/** As in {@code deny-both}. */
	@JsonValue
	default String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
