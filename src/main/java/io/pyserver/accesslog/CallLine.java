package io.pyserver.accesslog;

import io.pyserver.probe.Call;

/** A form in which a request is logged. */
interface CallLine {

	/** Writes the line, without its end, behind what is already there. */
	void append(StringBuilder text, Call call);

}
