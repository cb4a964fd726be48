package io.pyserver.lab.controls;

import java.util.List;
import java.util.function.Predicate;

import io.pyserver.lab.evidence.Control;

/** The connections that can be tried to and from some pods. */
@FunctionalInterface
public interface Connections {

	/**
	 * Every control that there is, for each of the pods.
	 * @param open which of them are expected to be open
	 */
	Dials dials(List<Target> targets, Predicate<Control> open);

}
