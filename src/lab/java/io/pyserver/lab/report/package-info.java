/**
 * What a run of the lab found, for people and for programs, in {@code target/probe-lab/}.
 */
@NullMarked
package io.pyserver.lab.report;

import org.jspecify.annotations.NullMarked;
