package io.pyserver.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The roles that whoever runs the lab on a cluster is to be given. */
final class DocumentedRole {

	private static final Pattern ROLE = Pattern.compile("```yaml\\n(apiVersion: rbac.*?)```", Pattern.DOTALL);

	private DocumentedRole() {
	}

	/** That of the Job. */
	static ClusterRole ofTheJob() {
		return Serialization.unmarshal(text("k8s/lab/rbac.yaml").split("(?m)^---$")[2], ClusterRole.class);
	}

	/** That of a user, in docs/lab.md. */
	static ClusterRole read() {
		Matcher role = ROLE.matcher(text("docs/lab.md"));
		if (!role.find()) {
			throw new IllegalStateException("docs/lab.md has no ClusterRole");
		}
		return Serialization.unmarshal(role.group(1), ClusterRole.class);
	}

	private static String text(String file) {
		try {
			return Files.readString(Path.of(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
