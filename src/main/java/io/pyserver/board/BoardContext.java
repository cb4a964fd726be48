package io.pyserver.board;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ClassPathResource;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.springframework.web.servlet.function.RequestPredicates.GET;

/**
 * The board's page, files and events on the management port. {@code META-INF/spring}
 * names this class, so Spring Boot adds it to the management context. It has no
 * stereotype, so no scan adds it to the service's context.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class BoardContext {

	private static final String FILES = "io/pyserver/board/";

	/** Writes times and durations in milliseconds, as JavaScript uses them. */
	@Bean
	Boards boards(SnapshotSource snapshots, EgressTargets targets) {
		return new Boards(snapshots, targets,
				JsonMapper.builder()
					.enable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS, DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
					.disable(DateTimeFeature.WRITE_DATE_TIMESTAMPS_AS_NANOSECONDS)
					.build());
	}

	@Bean
	RouterFunction<ServerResponse> board(Boards boards) {
		return RouterFunctions.route()
			.resource(GET("/board"), new ClassPathResource(FILES + "board.html"))
			.GET("/board/events", (_) -> boards.open())
			.resources("/board/**", new ClassPathResource(FILES))
			.build();
	}

}
