package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.lang.model.element.Element;
import javax.lang.model.util.Elements;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinition.AttributeInclusion;
import com.github.victools.jsonschema.generator.CustomDefinition.DefinitionType;
import com.github.victools.jsonschema.generator.MemberScope;
import com.github.victools.jsonschema.generator.MethodScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigPart;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import com.sun.source.util.JavacTask;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import io.pyserver.lab.evidence.Label;

/**
 * The schema of {@code report.json}, from the records, Jackson's annotations and, as
 * descriptions, the Javadoc.
 */
final class ReportSchema {

	private static final String COUNT = "{\"type\": \"integer\", \"minimum\": 0}";

	/** Values that are no objects. */
	private static final Map<Class<?>, String> VALUES = Map.of(Instant.class,
			"{\"type\": \"string\", \"format\": \"date-time\", \"pattern\": \"Z$\"}", Duration.class,
			"{\"type\": \"integer\"}", int.class, COUNT, long.class, COUNT, Integer.class, COUNT, double.class,
			"{\"type\": \"number\", \"minimum\": 0}");

	private final Javadoc javadoc = new Javadoc(Path.of("src/lab/java/io/pyserver/lab"));

	private ReportSchema() throws IOException {
	}

	static String generate() throws IOException {
		ObjectNode schema = new ReportSchema().generator().generateSchema(LabRun.class);
		schema.put("$id", "urn:pyserver:probe-lab:3").put("title", "Probe lab report");
		schema.get("$defs").forEach(ReportSchema::flatten);
		return Report.JSON.writeValueAsString(schema) + "\n";
	}

	private SchemaGenerator generator() {
		SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(Report.JSON, SchemaVersion.DRAFT_2020_12,
				OptionPreset.PLAIN_JSON)
			.with(new JacksonSchemaModule(JacksonOption.RESPECT_JSONPROPERTY_ORDER))
			.with(Option.NONSTATIC_NONVOID_NONGETTER_METHODS, Option.FIELDS_DERIVED_FROM_ARGUMENTFREE_METHODS,
					Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.DEFINITIONS_FOR_ALL_OBJECTS,
					Option.FLATTENED_OPTIONALS);
		config.forTypesInGeneral()
			.withCustomDefinitionProvider(this::definition)
			.withDescriptionResolver((scope) -> this.javadoc.of(scope.getType().getErasedType()));
		config.forFields()
			.withNullableCheck((field) -> field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class));
		config.forMethods()
			.withIgnoreCheck((method) -> !isComputed(method))
			.withPropertyNameOverrideResolver(MethodScope::getDeclaredName)
			.withEnumResolver((method) -> method.getDeclaredName().equals("schema") ? List.of(LabRun.SCHEMA) : null);
		describe(config.forFields());
		describe(config.forMethods());
		return new SchemaGenerator(config.build());
	}

	private <M extends MemberScope<?, ?>> void describe(SchemaGeneratorConfigPart<M> members) {
		members.withRequiredCheck((_) -> true)
			.withDescriptionResolver((member) -> member.isFakeContainerItemScope() ? null
					: this.javadoc.of(member.getDeclaringType().getErasedType(), member.getDeclaredName()));
	}

	/** Not an accessor, which has the annotations of its component. */
	private static boolean isComputed(MethodScope method) {
		return method.getAnnotation(JsonProperty.class) != null
				&& Arrays.stream(method.getDeclaringType().getErasedType().getRecordComponents())
					.noneMatch((component) -> component.getName().equals(method.getDeclaredName()));
	}

	private @Nullable CustomDefinition definition(ResolvedType type, SchemaGenerationContext context) {
		Class<?> raw = type.getErasedType();
		if (raw.isEnum()) {
			return new CustomDefinition(constants(raw), DefinitionType.ALWAYS_REF, AttributeInclusion.NO);
		}
		if (raw == Map.class) {
			List<ResolvedType> types = type.typeParametersFor(Map.class);
			ObjectNode map = Report.JSON.createObjectNode().put("type", "object");
			map.set("additionalProperties", context.createDefinitionReference(types.getLast()));
			if (types.getFirst().getErasedType().isEnum()) {
				map.set("required", constants(types.getFirst().getErasedType()).get("enum"));
			}
			return new CustomDefinition(map, true);
		}
		String value = VALUES.get(raw);
		return (value != null) ? new CustomDefinition((ObjectNode) Report.JSON.readTree(value), true) : null;
	}

	/** The labels of an enum, and what each of them means. */
	private ObjectNode constants(Class<?> type) {
		ObjectNode schema = Report.JSON.createObjectNode();
		StringBuilder description = new StringBuilder(String.valueOf(this.javadoc.of(type)));
		for (Object constant : type.getEnumConstants()) {
			Label label = (Label) constant;
			schema.withArray("enum").add(label.label());
			description.append(" %s: %s".formatted(label.label(), this.javadoc.of(type, label.name())));
		}
		return schema.put("description", description.toString());
	}

	/** Moves the properties of unwrapped records into the record that unwraps them. */
	private static void flatten(JsonNode schema) {
		if (schema.get("allOf") instanceof ArrayNode parts) {
			ObjectNode whole = (ObjectNode) schema;
			whole.remove("allOf");
			for (JsonNode part : parts) {
				flatten(part);
				whole.withObject("properties").setAll((ObjectNode) part.get("properties"));
			}
			ArrayNode required = whole.withArray("required").removeAll();
			new TreeSet<>(whole.get("properties").propertyNames()).forEach(required::add);
		}
	}

	/** The Javadoc of types and their members, from their sources. */
	private static final class Javadoc {

		private final Elements elements;

		/** Reads all sources of a folder. It does not matter if libraries are missing. */
		Javadoc(Path folder) throws IOException {
			JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
			StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
			try (Stream<Path> files = Files.walk(folder)) {
				List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
				JavacTask task = (JavacTask) compiler.getTask(null, manager, (_) -> {
				}, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(sources));
				task.analyze();
				this.elements = task.getElements();
			}
		}

		/** What a type says of itself, or null. */
		@Nullable String of(Class<?> type) {
			Element element = this.elements.getTypeElement(type.getCanonicalName());
			return (element != null) ? description(element) : null;
		}

		/** What a component of a record, a method or a constant says, or null. */
		@Nullable String of(Class<?> type, String member) {
			Element element = this.elements.getTypeElement(type.getCanonicalName());
			if (element == null) {
				return null;
			}
			Matcher component = Pattern.compile("(?s)\\R @param " + member + "\\s(.*?)(?=\\R @|\\z)")
				.matcher(String.valueOf(this.elements.getDocComment(element)));
			return component.find() ? text(component.group(1))
					: element.getEnclosedElements()
						.stream()
						.filter((enclosed) -> enclosed.getSimpleName().contentEquals(member))
						.map(this::description)
						.filter((text) -> text != null)
						.findFirst()
						.orElse(null);
		}

		private @Nullable String description(Element element) {
			String comment = this.elements.getDocComment(element);
			return (comment != null) ? text(comment.split("(?m)^ @")[0]) : null;
		}

		private static String text(String comment) {
			return comment.replaceAll("\\{@\\w+ ([^}]*)}|<[^>]*>", "$1").replaceAll("\\s+", " ").strip();
		}

	}

}
