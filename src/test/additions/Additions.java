package io.pyserver.additions;

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
import org.springframework.web.bind.annotation.RestController;

/**
 * What a user of this project adds first, as Spring's documentation has it.
 */
@Configuration
@EnableScheduling
public class Additions {

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

		@PostMapping("/addition")
		Order order(@Valid @RequestBody Order order) {
			this.orders.increment();
			return order;
		}

	}

}
