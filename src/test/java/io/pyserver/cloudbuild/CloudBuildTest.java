package io.pyserver.cloudbuild;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.pyserver.lab.cluster.Shell.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code cloudbuild.yaml} has only fields that Cloud Build knows. Its first step refuses
 * an invalid substitution in one sentence.
 */
class CloudBuildTest {

	private static final Path SCHEMA = Path.of("src/test/resources/cloudbuild/build.schema.json");

	/** Cloud Build's own substitutions that a submitted build has or can set. */
	private static final Map<String, String> BUILT_IN = Map.of("PROJECT_ID", "my-project", "COMMIT_SHA", "");

	@TempDir
	Path directory;

	@Test
	void allFieldsAreInTheSchema() throws IOException {
		assertThat(errors(BuildConfig.read().document())).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''         | service_acount | projects/p/serviceAccounts/a
			/options   | loging         | NONE
			/options   | logging        | STDOUT
			/steps/0   | image          | bash
			/steps/0   | entrypoint     | bash
			''         | timeout        | 30m
			''         | serviceAccount | pyserver-build
			/substitutions | TAG        | v1
			""")
	void theSchemaRefusesInvalidFields(String where, String field, String value) throws IOException {
		JsonNode document = BuildConfig.read().document();
		((ObjectNode) document.at(where)).put(field, value);
		assertThat(errors(document)).isNotEmpty();
	}

	@Test
	void eachSubstitutionIsDeclaredAndUsed() throws IOException {
		BuildConfig config = BuildConfig.read();
		Set<String> known = new TreeSet<>(config.substitutions().values().keySet());
		known.addAll(BUILT_IN.keySet());
		assertThat(config.substitutionsNamed()).isEqualTo(known);
	}

	@Test
	void theBuildHasItsOwnServiceAccount() throws IOException {
		assertThat(BuildConfig.read().document().path("serviceAccount").asString(""))
			.isEqualTo("projects/$PROJECT_ID/serviceAccounts/pyserver-build@$PROJECT_ID.iam.gserviceaccount.com");
	}

	@ParameterizedTest
	@DisabledOnOs(OS.WINDOWS)
	@CsvSource({ "_TAG, 2026.11-26_a", "_LOCATION, europe-west4", "_LOCATION, us-central1-c",
			"_CACHE, my-cache.example", "_CLUSTER, c", "COMMIT_SHA, 2753f110000000000000000000000000000000ff" })
	void aValidSubstitutionIsAccepted(String name, String value) throws Exception {
		Output output = check(name, value);
		assertThat(output.everything()).isEmpty();
		assertThat(output.exitCode()).isZero();
	}

	@ParameterizedTest
	@DisabledOnOs(OS.WINDOWS)
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = true,
			textBlock = """
					PROJECT_ID | 123456789012 | PROJECT_ID is 123456789012; submit with --project and the ID of a project, not its name or number.
					_TAG       | v1:latest    | _TAG is v1:latest; give a tag of up to 128 letters, digits, dots, hyphens and underscores such as v1 in --substitutions.
					_TAG       | ''           | _TAG is ''; give a tag of up to 128 letters, digits, dots, hyphens and underscores such as v1 in --substitutions.
					_CLUSTER   | Probes       | _CLUSTER is Probes; give the cluster's name such as probes in --substitutions.
					_CLUSTER   | a;reboot     | _CLUSTER is a\\;reboot; give the cluster's name such as probes in --substitutions.
					_LOCATION  | mars         | _LOCATION is mars; give the cluster's zone or region such as us-central1-c or us-central1 in --substitutions.
					_CACHE     | gs://bucket  | _CACHE is gs://bucket; give a bucket's name without gs:// or nothing in --substitutions.
					COMMIT_SHA | main         | COMMIT_SHA is main; give the 40 hexadecimal digits that git rev-parse HEAD prints or nothing in --substitutions.
					""",
			quoteCharacter = '~')
	void anInvalidSubstitutionIsRefusedInOneSentence(String name, String value, String sentence) throws Exception {
		Output output = check(name, value.equals("''") ? "" : value);
		assertThat(output.stderr()).isEqualTo(sentence + "\n");
		assertThat(output.stdout()).isEmpty();
		assertThat(output.exitCode()).isOne();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void aLineBreakInASubstitutionIsEscaped() throws Exception {
		assertThat(check("_TAG", "v1\nDONE").stderr().lines()).singleElement().asString().contains("$'v1\\nDONE'");
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void theNextBuildHasTheDownloadsOfMaven() throws Exception {
		Workspace workspace = Workspace.in(this.directory, "");
		Path library = workspace.folder().resolve(".m2/repository/library");
		Files.createDirectories(library.getParent());
		Files.writeString(library, "downloaded");
		cache(workspace, "save-cache", "my-cache");
		Files.delete(library);
		Files.delete(workspace.folder().resolve("maven.tar.gz"));

		cache(workspace, "restore-cache", "my-cache");
		assertThat(library).hasContent("downloaded");
		cache(workspace, "save-cache", "my-cache");
		assertThat(workspace.calls()).as("what is there is not stored again").hasSize(2);
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void nothingIsCachedWithoutABucket() throws Exception {
		Workspace workspace = Workspace.in(this.directory, "");
		cache(workspace, "restore-cache", "");
		cache(workspace, "save-cache", "");
		assertThat(workspace.standIns().resolve("calls")).doesNotExist();
	}

	private static void cache(Workspace workspace, String step, String bucket) throws Exception {
		BuildConfig config = BuildConfig.read();
		workspace.run(config.step(step), config.substitutions().with(Map.of("_CACHE", bucket))).orThrow(step);
	}

	private Output check(String name, String value) throws Exception {
		BuildConfig config = BuildConfig.read();
		Substitutions substitutions = config.substitutions().with(BUILT_IN).with(Map.of(name, value));
		return Workspace.in(this.directory, "").run(config.step("check-substitutions"), substitutions);
	}

	private static List<String> errors(JsonNode document) throws IOException {
		return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
			.getSchema(Files.readString(SCHEMA), InputFormat.JSON)
			.validate(document.toString(), InputFormat.JSON)
			.stream()
			.map(Error::toString)
			.toList();
	}

}
