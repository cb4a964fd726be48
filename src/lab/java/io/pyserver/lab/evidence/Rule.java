package io.pyserver.lab.evidence;

import java.util.List;

/** One thing to look at in the evidence. */
@FunctionalInterface
interface Rule {

	/** What speaks against, a line each; nothing where all is well. */
	List<String> objections(CellEvidence evidence);

}
