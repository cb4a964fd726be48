package io.pyserver.lab.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import org.jspecify.annotations.Nullable;

/**
 * What types, components of records, methods and constants say of themselves in their
 * sources.
 */
final class Javadoc {

	private final Map<String, String> texts = new HashMap<>();

	/** Reads all sources beneath a folder. */
	Javadoc(Path folder) throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (Stream<Path> files = Files.walk(folder);
				StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			List<Path> sources = files.filter((file) -> file.toString().endsWith(".java")).toList();
			JavacTask task = (JavacTask) compiler.getTask(null, manager, null, null, null,
					manager.getJavaFileObjectsFromPaths(sources));
			new Reader(DocTrees.instance(task)).scan(task.parse(), "");
		}
	}

	@Nullable String of(Class<?> type) {
		return this.texts.get(name(type));
	}

	@Nullable String of(Class<?> type, String member) {
		return this.texts.get(name(type) + "." + member);
	}

	private static String name(Class<?> type) {
		return "." + type.getName().substring(type.getName().lastIndexOf('.') + 1).replace('$', '.');
	}

	private static String text(List<? extends DocTree> parts) {
		return parts.stream()
			.map(DocTree::toString)
			.collect(Collectors.joining())
			.replaceAll("\\{@\\w+ ([^}]*)}|<[^>]*>", "$1")
			.replaceAll("\\s+", " ");
	}

	private final class Reader extends TreePathScanner<Void, String> {

		private final DocTrees trees;

		Reader(DocTrees trees) {
			this.trees = trees;
		}

		@Override
		public Void scan(Tree tree, String outer) {
			String name = switch (tree) {
				case ClassTree type -> outer + "." + type.getSimpleName();
				case MethodTree method -> outer + "." + method.getName();
				case VariableTree variable -> outer + "." + variable.getName();
				case null, default -> outer;
			};
			DocCommentTree comment = name.equals(outer) ? null
					: this.trees.getDocCommentTree(new TreePath(getCurrentPath(), tree));
			if (comment != null) {
				Javadoc.this.texts.put(name, text(comment.getFullBody()));
				comment.getBlockTags()
					.stream()
					.filter(ParamTree.class::isInstance)
					.map(ParamTree.class::cast)
					.forEach((tag) -> Javadoc.this.texts.put(name + "." + tag.getName(), text(tag.getDescription())));
			}
			return super.scan(tree, name);
		}

	}

}
