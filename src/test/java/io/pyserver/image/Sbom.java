package io.pyserver.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bill of materials as CycloneDX writes it.
 *
 * @param document all of it
 */
record Sbom(JsonNode document) {

	static Sbom read(Path file) throws IOException {
		return new Sbom(JsonMapper.shared().readTree(Files.readString(file)));
	}

	/** What it is the bill of. */
	Component subject() {
		return new Component(this.document.at("/metadata/component"));
	}

	List<Component> components() {
		return this.document.get("components").valueStream().map(Component::new).toList();
	}

	/** Names of jars by the SHA-256 of their bytes. */
	Map<String, String> jars() {
		return components().stream().collect(Collectors.toMap(Component::sha256, Component::jar));
	}

	/**
	 * Something in it.
	 *
	 * @param node its object
	 */
	record Component(JsonNode node) {

		String jar() {
			return name() + "-" + version() + ".jar";
		}

		String name() {
			return this.node.get("name").asString();
		}

		String version() {
			return this.node.get("version").asString();
		}

		String sha256() {
			return this.node.get("hashes")
				.valueStream()
				.filter((hash) -> hash.get("alg").asString().equals("SHA-256"))
				.findFirst()
				.orElseThrow()
				.get("content")
				.asString();
		}

		/**
		 * Identifiers of SPDX, or names where it has none; any one of them may be chosen.
		 */
		List<String> licenses() {
			return this.node.path("licenses")
				.valueStream()
				.map((license) -> license.at("/license/id")
					.asString(license.at("/license/name").asString(license.path("expression").asString(""))))
				.toList();
		}

	}

}
