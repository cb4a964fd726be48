package io.pyserver.documents;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is wrong in a document is noticed: each of these makes something wrong, and says
 * in which words it is to be found. {@code \n} is a line's end.
 */
@Execution(ExecutionMode.CONCURRENT)
class DocumentMutationsTest {

	private static final String LESSON = "docs/lesson.md";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 2000,
			textBlock = """
					README.md       | (docs/lab.md)                        | (docs/laboratory.md)       | the link to docs/laboratory.md leads nowhere
					docs/service.md | (#settings)                          | (#setting)                 | the link to #setting leads nowhere
					docs/lesson.md  | -k k8s/base                          | -k k8s/bases               | there is no k8s/bases
					docs/lesson.md  | components/allow-from-label          | components/allow-by-label  | there is no k8s/components/allow-by-label/networkpolicy.yaml
					docs/lesson.md  | default-deny-ingress created         | default-deny-all created   | there is no policy in k8s of the name default-deny-all
					k8s/components/default-deny-egress/networkpolicy.yaml | name: default-deny-egress | name: default-deny-out | there is no policy in k8s of the name default-deny-egress
					k8s/components/allow-dns/networkpolicy.yaml | policyTypes | policyType | Unrecognized property "policyType"
					docs/lesson.md  | deployment/pyserver                  | deployment/server          | there is no Deployment in k8s of the name server
					docs/lesson.md  | --enable-dataplane-v2                | --enable-dataplane-v9      | gcloud container clusters create has no flag --enable-dataplane-v9
					docs/lesson.md  | --freshness=10m                      | --since=10m                | gcloud logging read has no flag --since
					docs/lesson.md  | gcloud auth configure-docker         | gcloud auth docker-login   | gcloud has no command "auth docker-login
					README.md       | -Dlab.keep                           | -Dlab.keeps                | nothing knows the property -Dlab.keeps
					README.md       | -Dlab.keep                           | -Dlab.keep=always          | lab.keep=always is none of
					docs/image.md   | -Dimage=                             | -Dimagename=               | nothing knows the property -Dimagename
					README.md       | -Dit.test=LessonIT                   | -Dit.test=LectureIT        | there is no test LectureIT for -Dit.test
					README.md       | ./mvnw verify                        | ./mavenw verify            | there is no ./mavenw
					docs/service.md | tcpSocket:                           | tcpSockets:                | Unrecognized property "tcpSockets"
					""")
	void anErrorIsFoundWithoutRunningTheCommands(String path, String before, String after, String finding) {
		assertThat(new Checks(Repository.asItIs().with(path, before, after)).findings())
			.anySatisfy((line) -> assertThat(line).contains(finding));
	}

	@Test
	void aReadmeThatIsTooLongIsFound() {
		Repository longer = Repository.asItIs()
			.with("README.md", "License:", "\n".repeat(Checks.README_LINES) + "License:");
		assertThat(new Checks(longer).findings())
			.anySatisfy((line) -> assertThat(line).contains("lines, and " + Checks.README_LINES + " are enough"));
	}

	@Test
	void correctDocumentsPass() {
		assertThat(read(Repository.asItIs())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 2000,
			textBlock = """
					README.md      | export KUBECONFIG="$PWD/target/kubeconfig"\\n | ``           | ended with 1: The connection to the server localhost:8080 was refused
					README.md      | kubectl apply -k k8s/overlays/locked-down\\n   | ``           | is shown, and
					docs/lesson.md | kubectl delete networkpolicy --all -n pyserver\\n | ``        | "Built Locally and Pushed" is shown, and "blocked" was printed
					docs/lesson.md | kubectl apply -n pyserver -f k8s/components/default-deny-ingress/networkpolicy.yaml\\n | `` | "networkpolicy.networking.k8s.io/default-deny-ingress created" is shown
					docs/lesson.md | kubectl label pod "$OTHER" -n pyserver pyserver/client=allowed\\n | `` | " labeled" is shown
					docs/lesson.md | ask "$POD" "$OTHER_IP"                        | ask "$OTHER" "$POD_IP" | "blocked" is shown, and "Built Locally and Pushed" was printed
					docs/lesson.md | from_node "$OTHER_NODE"                       | from_node "$NODE" | "blocked" is shown, and "Built Locally and Pushed" was printed
					docs/lesson.md | true    0\\ntrue    0\\ntrue    0            | true    0\\ntrue    0\\ntrue    1 | "true    1" is shown, and "true 0" was printed
					docs/lesson.md | "caller":"node","probe":"readiness"           | "caller":"pod","probe":"readiness" | is shown, and ""caller":"node","probe":"readiness"" was printed
					docs/lesson.md | kubectl scale deployment/pyserver -n pyserver --replicas=3\\n | `` | "true    0" is shown, and no such line was printed
					docs/lesson.md | allow-to-pyserver created                     | allow-from-label created | "networkpolicy.networking.k8s.io/allow-from-label created" is shown
					""")
	void anErrorIsFoundByRunningTheCommands(String path, String before, String after, String finding) {
		Repository wrong = Repository.asItIs().with(path, lines(before), lines(after));
		assertThat(read(wrong)).get()
			.asString()
			.startsWith(path + ":")
			.doesNotContain("\n")
			.satisfies((line) -> assertThat(line.replaceAll("pod/pyserver-\\S+", "").replaceAll(" +", " "))
				.contains(finding.replaceAll(" +", " ")));
	}

	/** Runs all of it in a real shell, against a kubectl that stands in for a cluster. */
	private static Optional<String> read(Repository repository) {
		Path standIn = Path.of("src/test/resources/documents/stand-in").toAbsolutePath();
		try (Bash bash = new Bash(standIn + ":" + System.getenv("PATH"))) {
			return new Reader(bash, 1, Duration.ZERO)
				.follow(List.of(repository.document("README.md"), repository.document(LESSON)));
		}
	}

	private static String lines(String text) {
		return text.replace("\\n", "\n");
	}

}
