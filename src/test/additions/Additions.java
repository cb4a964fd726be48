package io.pyserver.additions;

import java.io.IOException;
import java.net.http.HttpClient;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.config.annotation.EnableWebSocket;
import org.springframework.web.socket.config.annotation.WebSocketConfigurer;
import org.springframework.web.socket.config.annotation.WebSocketHandlerRegistry;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * What a user of this project adds first, as Spring's documentation has it.
 */
@Configuration
@EnableScheduling
@EnableWebSocket
public class Additions implements WebSocketConfigurer {

	private final AtomicInteger heard = new AtomicInteger();

	private final AtomicInteger scheduled = new AtomicInteger();

	@EventListener
	void hear(ApplicationReadyEvent event) {
		this.heard.incrementAndGet();
	}

	@Scheduled(fixedRate = 100)
	void run() {
		this.scheduled.incrementAndGet();
	}

	/** Sends each message back. */
	@Override
	public void registerWebSocketHandlers(WebSocketHandlerRegistry registry) {
		registry.addHandler(new TextWebSocketHandler() {
			@Override
			protected void handleTextMessage(WebSocketSession session, TextMessage message) throws IOException {
				session.sendMessage(message);
			}
		}, "/addition/socket");
	}

	@Bean
	HealthIndicator additionHealthIndicator() {
		return () -> Health.up().withDetail("addition", "healthy").build();
	}

	@Bean
	@ConfigurationProperties("addition")
	Named named() {
		return new Named();
	}

	@Bean
	Filter additionFilter() {
		return (request, response, chain) -> {
			((HttpServletResponse) response).setHeader("X-Addition", "filtered");
			chain.doFilter(request, response);
		};
	}

	/** Bound by its setter. */
	public static class Named {

		private String name = "unset";

		public String getName() {
			return this.name;
		}

		public void setName(String name) {
			this.name = name;
		}

	}

	/** Validated. */
	public record Order(@NotBlank String item) {
	}

	/** What was heard, run and bound. */
	public record State(int heard, int scheduled, String name) {
	}

	@RestController
	static class Controller {

		private final Additions additions;

		private final Named named;

		private final Counter orders;

		Controller(Additions additions, Named named, MeterRegistry registry) {
			this.additions = additions;
			this.named = named;
			this.orders = registry.counter("addition.orders");
		}

		@GetMapping("/addition")
		State state() {
			return new State(this.additions.heard.get(), this.additions.scheduled.get(), this.named.getName());
		}

		/** Waits for another virtual thread. */
		@GetMapping("/addition/waiting")
		String waiting() throws InterruptedException {
			Thread.ofVirtual().start(() -> this.additions.heard.get()).join();
			return "waited";
		}

		@PostMapping("/addition/form")
		String form(@RequestParam String item) {
			return item;
		}

		/** Uses a module of Java that the service does not need. */
		@GetMapping("/addition/client")
		String client() {
			try (HttpClient client = HttpClient.newHttpClient()) {
				return client.version().name();
			}
		}

		@PostMapping("/addition")
		Order order(@Valid @RequestBody Order order) {
			this.orders.increment();
			return order;
		}

	}

}
