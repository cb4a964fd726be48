package io.pyserver.lab.report;

import io.pyserver.lab.evidence.CellEvidence;
import io.pyserver.lab.evidence.Finding;

/** What was seen of a cell, and what follows from it. */
public record CellResult(CellEvidence evidence, Finding finding) {
}
