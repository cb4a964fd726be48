package io.pyserver.lab;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

import io.pyserver.lab.experiment.Diagnostics;
import io.pyserver.lab.report.Report;

/**
 * The report as a ConfigMap. {@code kubectl} fetches it when the pod of the lab has
 * ended. It has each file compressed, and the details in one archive. It lacks what does
 * not fit.
 */
final class ReportConfigMap {

	/**
	 * The limit of Kubernetes is 1 MiB for the whole object, with its files in base 64.
	 */
	private static final int MOST = 1_000_000;

	private ReportConfigMap() {
	}

	/** Writes it, in place of an earlier one. */
	static void write(KubernetesClient client, String namespace, Path report) {
		client.resource(of(namespace, report)).fieldManager("pyserver-lab").forceConflicts().serverSideApply();
	}

	static ConfigMap of(String namespace, Path report) {
		Map<String, String> files = new LinkedHashMap<>();
		for (String name : List.of(Report.DATA, Report.PAGE, Report.TABLE)) {
			addIfItFits(files, name + ".gz", compressed(report.resolve(name)));
		}
		Path details = report.resolve(Diagnostics.FOLDER);
		if (Files.exists(details)) {
			addIfItFits(files, Diagnostics.FOLDER + ".zip", zipped(details));
		}
		ConfigMap map = new ConfigMap();
		map.setMetadata(new ObjectMetaBuilder().withNamespace(namespace).withName("report").build());
		map.setBinaryData(files);
		return map;
	}

	private static void addIfItFits(Map<String, String> files, String name, byte[] content) {
		String file = Base64.getEncoder().encodeToString(content);
		int size = files.values().stream().mapToInt(String::length).sum();
		if (size + file.length() > MOST) {
			System.out.println("%s does not fit into the ConfigMap; --only asks for fewer cells".formatted(name));
		}
		else {
			files.put(name, file);
		}
	}

	private static byte[] compressed(Path file) {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		try (GZIPOutputStream zip = new GZIPOutputStream(compressed)) {
			Files.copy(file, zip);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return compressed.toByteArray();
	}

	/** The files of a folder, under the paths by which the page links to them. */
	private static byte[] zipped(Path folder) {
		ByteArrayOutputStream zipped = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(zipped); Stream<Path> files = Files.walk(folder)) {
			for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
				zip.putNextEntry(new ZipEntry(folder.getParent().relativize(file).toString()));
				Files.copy(file, zip);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return zipped.toByteArray();
	}

}
