package io.pyserver.lab;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Access;
import io.pyserver.lab.cluster.Clients;
import io.pyserver.lab.cluster.ExistingCluster;
import io.pyserver.lab.cluster.Keep;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Setting;
import io.pyserver.lab.experiment.Diagnostics;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.Report;
import io.pyserver.lab.report.VisibleText;

/**
 * Asks a cluster whether probes survive policies, and ends with the answer: 0 where they
 * survive, 1 where they are broken or policies are not enforced, 2 where that is not
 * known, 64 where the command line is wrong.
 */
public final class Main {

	private static final int WRONG_USE = 64;

	private static final String USAGE = """
			Usage: java -cp LAB io.pyserver.lab.Main --context NAME --image IMAGE [OPTION VALUE]...

			Asks a cluster whether health probes survive policies that deny everything. It deploys the
			service to namespaces of its own, which it removes at the end, and writes a report.

			""";

	private static final String EXIT = """

			Each is a system property as well, such as -Dlab.watch=20.
			It ends with 0 where probes survive, with 1 where they are broken or policies are not
			enforced, with 2 where that could not be found out, and with 64 where an option is wrong.
			""";

	private final PrintStream out;

	private final PrintStream errors;

	private final Function<String, @Nullable String> variables;

	/** With what a process has. */
	Main(PrintStream out, PrintStream errors, Function<String, @Nullable String> variables) {
		this.out = out;
		this.errors = errors;
		this.variables = variables;
	}

	/** Runs the lab. */
	public static void main(String[] arguments) {
		// No logger is there, and none is missed.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		System.exit(new Main(System.out, System.err, System::getenv).run(List.of(arguments)));
	}

	/** Runs it with some arguments, and says what the process ends with. */
	int run(List<String> arguments) {
		if (arguments.contains("--help")) {
			this.out.print(USAGE + String.join("\n", Setting.help()) + "\n" + EXIT);
			return 0;
		}
		LabSettings settings;
		Access access;
		try {
			settings = LabSettings.of(Arguments.of(arguments)::property);
			access = Access.of(settings, this.variables);
			requireImage(settings);
		}
		catch (RuntimeException ex) {
			return say(reason(ex), WRONG_USE);
		}
		return run(settings, access);
	}

	private static void requireImage(LabSettings settings) {
		if (settings.image() == null) {
			throw new LabException("no image is named: --image IMAGE names the service's, as the nodes pull it");
		}
	}

	private int run(LabSettings settings, Access access) {
		try (ApiServerWatch _ = ApiServerWatch.start(access, Limits.ALL.unanswered(), this::leave);
				ExistingCluster cluster = ExistingCluster.of(settings, access);
				Lab lab = Lab.on(cluster, settings)) {
			return answer(lab, access);
		}
		catch (RuntimeException | Error ex) {
			String reason = (ex instanceof LabException) ? reason(ex) : access.name() + ": " + reason(ex);
			return say(reason, Answer.UNKNOWN.exitCode());
		}
	}

	/** What a run fails of is kept as what it finds is. */
	private int answer(Lab lab, Access access) {
		try {
			LabSettings settings = lab.settings();
			Diagnostics.clear(settings.report());
			LabRun run = lab.run(settings.only().cells());
			Report.write(run, settings.report());
			if (access.pod() != null) {
				store(lab, access.pod().namespace());
			}
			return answer(run, settings.report());
		}
		catch (RuntimeException | Error ex) {
			Keep.sayFailed();
			throw ex;
		}
	}

	/** Without the stored report there is still the answer. */
	private void store(Lab lab, String namespace) {
		try {
			ReportConfigMap.write(lab.cluster().client(), namespace, lab.settings().report());
		}
		catch (KubernetesClientException ex) {
			this.errors.println(line("the report could not be stored: " + reason(ex)));
		}
	}

	private int answer(LabRun run, Path report) {
		Answer answer = Answer.of(run);
		if (answer != Answer.SURVIVES) {
			Keep.sayFailed();
		}
		try {
			this.out.print("\n" + Files.readString(report.resolve("table.txt")));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.out.println(VisibleText.ascii(answer.sentence(run)));
		return answer.exitCode();
	}

	private static String reason(Throwable failure) {
		return switch (failure) {
			case LabException ex -> String.valueOf(ex.getMessage());
			case KubernetesClientException ex -> "the API server said: " + Clients.said(ex);
			default -> failure.toString();
		};
	}

	private static String line(String what) {
		return "lab: " + VisibleText.ascii(LabException.oneLine(what));
	}

	private int say(String what, int exitCode) {
		this.errors.println(line(what));
		return exitCode;
	}

	/** Ends the process from another thread than that of the run. */
	private void leave(String reason) {
		System.exit(say(reason, Answer.UNKNOWN.exitCode()));
	}

}
