package io.pyserver.lab;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

import io.pyserver.lab.cluster.Access;
import io.pyserver.lab.cluster.ExistingCluster;
import io.pyserver.lab.cluster.LabException;
import io.pyserver.lab.cluster.LabSettings;
import io.pyserver.lab.cluster.LabSettings.Keep;
import io.pyserver.lab.cluster.Limits;
import io.pyserver.lab.cluster.Setting;
import io.pyserver.lab.evidence.Finding.Verdict;
import io.pyserver.lab.experiment.Diagnostics;
import io.pyserver.lab.experiment.Lab;
import io.pyserver.lab.report.LabRun.CellResult;
import io.pyserver.lab.report.LabRun;
import io.pyserver.lab.report.Report;
import io.pyserver.lab.report.VisibleText;

/**
 * The lab as a program. It asks a cluster whether probes survive policies. It ends with 0
 * if they survive, 1 if they are broken or policies are not enforced, 2 if the lab cannot
 * tell, and 64 if an option is wrong.
 */
public final class Main {

	private static final int UNKNOWN = 2;

	private static final int WRONG_OPTION = 64;

	/** How often the API server is asked whether it is there. */
	private static final Duration ASKED_EVERY = Duration.ofSeconds(5);

	private static final String USAGE = """
			Usage: java -cp LAB io.pyserver.lab.Main --context NAME --image IMAGE [OPTION VALUE]...

			Asks a cluster whether health probes survive policies that deny everything. It deploys the
			service to namespaces of its own, which it removes at the end, and writes a report.

			""";

	private static final String EXIT = """

			Each option is a system property as well, such as -Dlab.watch=20.
			The exit code is 0 if probes survive, 1 if they are broken or policies are not enforced,
			2 if the lab cannot tell, and 64 if an option is wrong.
			""";

	private final PrintStream out;

	private final PrintStream errors;

	private final Function<String, @Nullable String> variables;

	/**
	 * Creates the program.
	 * @param variables returns an environment variable by its name
	 */
	Main(PrintStream out, PrintStream errors, Function<String, @Nullable String> variables) {
		this.out = out;
		this.errors = errors;
		this.variables = variables;
	}

	public static void main(String[] arguments) {
		// The program has no logger, and SLF4J would complain about that.
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		System.exit(new Main(System.out, System.err, System::getenv).run(List.of(arguments)));
	}

	/** Runs the lab, and returns the exit code of the process. */
	int run(List<String> arguments) {
		if (arguments.contains("--help")) {
			this.out.print(USAGE + String.join("\n", Setting.help()) + "\n" + EXIT);
			return 0;
		}
		LabSettings settings;
		Access access;
		try {
			settings = LabSettings.of(Setting.read(arguments));
			access = Access.of(settings, this.variables);
			if (settings.image() == null) {
				throw new LabException("no image is named: --image IMAGE names the service's, as the nodes pull it");
			}
		}
		catch (RuntimeException ex) {
			return fail(reason(ex), WRONG_OPTION);
		}
		return run(settings, access);
	}

	/** An error after the run, at the end of the lab, leaves the answer as it is. */
	private int run(LabSettings settings, Access access) {
		try {
			access.requireAnswer(Limits.ALL.answer());
		}
		catch (RuntimeException | Error ex) {
			return fail(reason(access, ex), UNKNOWN);
		}
		LabRun run = null;
		// The watch ends before the namespaces are removed, which has a limit of its own.
		try (ApiServerWatch watch = ApiServerWatch.start(access, ASKED_EVERY, Limits.ALL.unanswered(), this::exit);
				ExistingCluster cluster = ExistingCluster.of(settings, access, this::say);
				watch;
				Lab lab = Lab.on(cluster, settings)) {
			run = run(lab, access);
		}
		catch (RuntimeException | Error ex) {
			say(reason(access, ex) + access.silence().map(" -- "::concat).orElse(""));
		}
		return (run != null) ? answer(run, settings.report(), access) : UNKNOWN;
	}

	/**
	 * A failed run, which {@code --keep on-failure} keeps, is one that ends with another
	 * exit code than 0 or with an exception.
	 */
	private LabRun run(Lab lab, Access access) {
		boolean failed = true;
		try {
			LabSettings settings = lab.settings();
			Diagnostics.clear(settings.report());
			LabRun run = lab.run(settings.only().cells());
			Report.write(run, settings.report());
			if (access.pod() != null) {
				store(lab, access.pod().namespace());
			}
			failed = exitCode(run) != 0;
			return run;
		}
		finally {
			if (failed) {
				Keep.sayFailed();
			}
		}
	}

	/** Stores the report. If that is not possible, the run still has an answer. */
	private void store(Lab lab, String namespace) {
		try {
			ReportConfigMap.write(lab.cluster().client(), namespace, lab.settings().report());
		}
		catch (KubernetesClientException ex) {
			say("the report could not be stored: " + reason(ex));
		}
	}

	/**
	 * Prints the answer. If the lab cannot tell and the API server does not answer, the
	 * last line says so.
	 */
	private int answer(LabRun run, Path report, Access access) {
		this.out.print("\n" + Report.table(run, report));
		this.out.println(VisibleText.ascii(summary(run)));
		if (exitCode(run) == UNKNOWN) {
			access.silence().ifPresent(this::say);
		}
		return exitCode(run);
	}

	/** The exit code of a whole run, by the worst of its cells. */
	static int exitCode(LabRun run) {
		return switch (worst(run).finding().verdict()) {
			case SURVIVES -> 0;
			case BROKEN, NOT_ENFORCED -> 1;
			case INCONCLUSIVE -> UNKNOWN;
		};
	}

	/** The answer in one sentence, and the worst cell if not all survive. */
	static String summary(LabRun run) {
		return (exitCode(run) == 0) ? run.summary() : run.summary() + " The worst: " + worst(run).line();
	}

	private static CellResult worst(LabRun run) {
		return run.cells()
			.stream()
			.min(Comparator.comparing((result) -> result.finding().verdict(), Verdict.WORST_FIRST))
			.orElseThrow();
	}

	private static String reason(Throwable failure) {
		return switch (failure) {
			case LabException ex -> String.valueOf(ex.getMessage());
			case KubernetesClientException ex ->
				((ex.getCode() > 0) ? "the API server said: " : "no answer from the API server: ")
						+ LabException.said(ex);
			default -> failure.toString();
		};
	}

	private static String reason(Access access, Throwable failure) {
		return (failure instanceof LabException) ? reason(failure) : access.name() + ": " + reason(failure);
	}

	private void say(String message) {
		this.errors.println("lab: " + VisibleText.ascii(LabException.oneLine(message)));
	}

	private int fail(String message, int exitCode) {
		say(message);
		return exitCode;
	}

	/** Ends the process from another thread than that of the run, which has failed. */
	private void exit(String message) {
		Keep.sayFailed();
		System.exit(fail(message, UNKNOWN));
	}

}
