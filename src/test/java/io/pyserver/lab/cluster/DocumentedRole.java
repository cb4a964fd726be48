package io.pyserver.lab.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.utils.Serialization;

/** The role that docs/lab.md has whoever runs the lab on a cluster be given. */
final class DocumentedRole {

	private static final Pattern ROLE = Pattern.compile("```yaml\\n(apiVersion: rbac.*?)```", Pattern.DOTALL);

	private DocumentedRole() {
	}

	static ClusterRole read() {
		try {
			Matcher role = ROLE.matcher(Files.readString(Path.of("docs/lab.md")));
			if (!role.find()) {
				throw new IllegalStateException("docs/lab.md has no ClusterRole");
			}
			return Serialization.unmarshal(role.group(1), ClusterRole.class);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
