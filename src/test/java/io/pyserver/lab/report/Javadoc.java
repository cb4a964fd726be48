package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.util.JavacTask;
import org.jspecify.annotations.Nullable;

/** The Javadoc of types and their members, from their sources. */
final class Javadoc {

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
		return description(element(type));
	}

	/** What a component of a record, a method or a constant says, or null. */
	@Nullable String of(Class<?> type, String member) {
		TypeElement element = element(type);
		String comment = (element != null) ? this.elements.getDocComment(element) : null;
		Matcher component = Pattern.compile("(?s)\\R @param " + member + "\\s(.*?)(?=\\R @|\\z)")
			.matcher(String.valueOf(comment));
		if (component.find()) {
			return text(component.group(1));
		}
		return (element == null) ? null
				: element.getEnclosedElements()
					.stream()
					.filter((enclosed) -> enclosed.getSimpleName().contentEquals(member))
					.map(this::description)
					.filter((text) -> text != null)
					.findFirst()
					.orElse(null);
	}

	private @Nullable TypeElement element(Class<?> type) {
		String name = type.getCanonicalName();
		return (name != null) ? this.elements.getTypeElement(name) : null;
	}

	private @Nullable String description(@Nullable Element element) {
		String comment = (element != null) ? this.elements.getDocComment(element) : null;
		return (comment != null) ? text(comment.split("(?m)^ @")[0]) : null;
	}

	private static String text(String comment) {
		return comment.replaceAll("\\{@\\w+ ([^}]*)}|<[^>]*>", "$1").replaceAll("\\s+", " ").strip();
	}

}
