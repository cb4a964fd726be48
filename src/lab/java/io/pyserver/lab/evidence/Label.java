package io.pyserver.lab.evidence;

import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonValue;

/** A constant that settings and reports write in lower case, with dashes. */
public interface Label {

	String name();

	/** Such as {@code deny-both}. */
	@JsonValue
	default String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
