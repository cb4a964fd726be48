package io.pyserver.accesslog;

import java.util.function.Consumer;

import io.pyserver.probe.Call;

/**
 * Takes the record of each call, for the probes' history and for the log. Never waits.
 */
public interface CallLog extends Consumer<Call> {

}
