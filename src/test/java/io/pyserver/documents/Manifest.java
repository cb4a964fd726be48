package io.pyserver.documents;

import java.util.Map;
import java.util.Optional;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

/** YAML, against the model of Kubernetes' objects: it has no other fields than those. */
final class Manifest {

	private static final JsonMapper STRICT = JsonMapper.builder()
		.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.annotationIntrospector(new NoFieldsToSpare())
		.build();

	private static final KubernetesSerialization MODEL = new KubernetesSerialization();

	private Manifest() {
	}

	/** What is wrong with an object, or with a part of a container, which has no kind. */
	static Optional<String> finding(String yaml) {
		try {
			Map<?, ?> fields = MODEL.unmarshal(yaml, Map.class);
			Class<?> type = fields.containsKey("kind") ? MODEL.unmarshal(yaml).getClass() : Container.class;
			STRICT.readValue(MODEL.asJson(fields), type);
			return Optional.empty();
		}
		catch (JacksonException ex) {
			return Optional.of(ex.getOriginalMessage().lines().findFirst().orElse("it is no such object"));
		}
		catch (RuntimeException ex) {
			return Optional
				.of("it is no YAML of an object: " + String.valueOf(ex.getMessage()).lines().findFirst().orElse(""));
		}
	}

	/** The model keeps what it does not know; here that is an error. */
	private static final class NoFieldsToSpare extends JacksonAnnotationIntrospector {

		private static final long serialVersionUID = 1;

		@Override
		public Boolean hasAnySetter(MapperConfig<?> config, Annotated annotated) {
			return false;
		}

	}

}
