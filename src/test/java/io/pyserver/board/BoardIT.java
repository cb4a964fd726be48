package io.pyserver.board;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

import io.pyserver.ThoroughTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The board in a real browser, against the running service, with probes as the kubelet
 * sends them but more often.
 */
@ThoroughTest
@BrowserTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class BoardIT {

	/** The next news may replace one before a test reads it. */
	private static final String COLLECT_NEWS = """
			window.heard = [];
			const region = document.querySelector('#news');
			new MutationObserver(() => heard.push(region.textContent))
			  .observe(region, {childList: true, characterData: true, subtree: true});
			""";

	private static final Duration PERIOD = Duration.ofMillis(500);

	/** Nobody accepts the connections, and each that was closed keeps its place. */
	private static final int BACKLOG = 4_096;

	private static final int SECONDS_OF_A_DAY = 86_400;

	@TempDir
	static Path directory;

	private static final AtomicBoolean liveness = new AtomicBoolean(true);

	private static final ScheduledExecutorService kubelet = Executors.newSingleThreadScheduledExecutor();

	private static ServerSocket outside;

	private static ServiceProcess service;

	private static Browser browser;

	@BeforeAll
	static void start() throws Exception {
		outside = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
		service = ServiceProcess.start(directory, "--pyserver.board.targets=127.0.0.1:" + outside.getLocalPort(),
				"--pyserver.board.node=worker-1", "--pyserver.board.failure-threshold=3",
				"--pyserver.board.timeout-seconds=3");
		kubelet.scheduleAtFixedRate(BoardIT::probe, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
		browser = Browser.start();
	}

	private static void probe() {
		try {
			if (liveness.get()) {
				service.probe("liveness", "/");
			}
			service.probe("readiness", "/version");
		}
		catch (IOException ex) {
			// The service restarts.
		}
	}

	@AfterAll
	static void stop() throws Exception {
		kubelet.shutdownNow();
		if (browser != null) {
			browser.close();
		}
		if (service != null) {
			service.kill();
		}
		outside.close();
	}

	@BeforeEach
	void open() {
		liveness.set(true);
		browser.emulate(1920, 1080, false, "light");
		browser.open(service.board());
		seen().untilAsserted(() -> assertThat(state("liveness")).isEqualTo("arriving"));
	}

	@Test
	@Order(1)
	void ticksAppearAsProbesArrive() {
		int sofar = browser.count("[data-lane=liveness] use");

		seen().untilAsserted(
				() -> assertThat(browser.count("[data-lane=liveness] use")).isGreaterThanOrEqualTo(sofar + 3));
		seen().untilAsserted(() -> assertThat(browser.text("[data-lane=liveness] .known"))
			.matches("from [0-9a-f.:]+ · every 0\\.[456] s · .*"));
		assertThat(browser.text("#place")).startsWith("on node worker-1 · ");
		assertThat(browser.text("#callers")).contains("PYSERVER_NODE_IPS");
	}

	@Test
	@Order(2)
	void aLaneWhoseProbesStopTurnsSilent() {
		liveness.set(false);

		seen()
			.untilAsserted(() -> assertThat(browser.text("[data-lane=liveness] .state")).matches("silent for [2-9] s"));
		seen().untilAsserted(() -> assertThat(state("readiness")).isEqualTo("arriving"));
		assertThat(browser.text("#news")).contains("liveness probes: silent for ");
	}

	@Test
	@Order(3)
	void aButtonAsksForConfirmationAndThenBreaksItsProbe() throws Exception {
		seen().until(() -> browser.count("#switches button") == 4);
		browser.click("[data-order=liveness-0]");
		seen().until(() -> browser.count("dialog[open]") == 1);
		assertThat(browser.text("#ask-follows")).matches("The liveness probe asks every \\d\\.\\d s, as seen here\\."
				+ " From now on it gets a 503\\. After 3 failures in a row \\(failureThreshold of the manifest\\),"
				+ " in about \\d\\.\\d s, the kubelet restarts the container\\."
				+ " That puts everything right, and this page comes back by itself\\.");
		assertThat(service.probe("liveness", "/")).as("a probe while it is only asked").isEqualTo(200);

		browser.click("#ask-yes");
		seen().untilAsserted(() -> assertThat(state("liveness")).isEqualTo("failing"));
		assertThat(browser.count("[data-lane=liveness] .trouble")).isOne();
		seen().untilAsserted(() -> assertThat(state("readiness")).isEqualTo("arriving"));

		seen().untilAsserted(() -> assertThat(browser.text("[data-order=liveness-0]")).isEqualTo("Mend liveness…"));
		browser.click("[data-order=liveness-0]");
		seen().until(() -> browser.count("dialog[open]") == 1);
		browser.click("#ask-yes");
		seen().untilAsserted(() -> assertThat(state("liveness")).isEqualTo("arriving"));
	}

	@Test
	@Order(4)
	void theBoardCanBeUsedWithTheKeyboardAlone() throws Exception {
		seen().until(() -> browser.count("#switches button") == 4);
		press(Keys.TAB);
		assertThat(focused()).isEqualTo("Break liveness…");
		press(Keys.ENTER);
		seen().until(() -> browser.count("dialog[open]") == 1);
		assertThat(focused()).isEqualTo("Leave it");
		press(Keys.ESCAPE);
		seen().until(() -> browser.count("dialog[open]") == 0);
		assertThat(focused()).isEqualTo("Break liveness…");
		assertThat(service.probe("liveness", "/")).isEqualTo(200);
	}

	@Test
	@Order(5)
	void axeFindsNoViolationAndThePageRequestsNoOtherHost() {
		String egress = "egress-127.0.0.1:" + outside.getLocalPort();
		seen().untilAsserted(() -> assertThat(state(egress)).isEqualTo("open"));
		checkAndSave("projector", 1920, 1080, false, "light");
		checkAndSave("phone", 390, 844, true, "light");
		assertThat(sidewaysScroll()).as("pixels to scroll sideways on a phone").isZero();
		checkAndSave("dark", 1920, 1080, false, "dark");
		browser.click("[data-order=readiness-1]");
		seen().until(() -> browser.count("dialog[open]") == 1);
		assertThat(browser.text("#ask-title")).isEqualTo("Delay readiness by 5 s?");
		assertThat(browser.text("#ask-follows")).contains("the kubelet waits 3 s (timeoutSeconds of the manifest)",
				"It is not restarted.");
		checkAndSave("question", 1920, 1080, false, "dark");

		assertThat(browser.complaints()).as("the browser's console").isEmpty();
		assertThat(browser.requests()).as("requests")
			.isNotEmpty()
			.allMatch((url) -> url.startsWith("data:,") || url.startsWith(service.board())
					|| url.startsWith(service.board().replace("/board", "/actuator/")));
	}

	@Test
	@Order(6)
	void aClosedEgressTargetIsBlockedAtTheNextAttempt() throws Exception {
		String egress = "egress-127.0.0.1:" + outside.getLocalPort();
		seen().untilAsserted(() -> assertThat(state(egress)).isEqualTo("open"));

		LocalTime closed = LocalTime.now(ZoneOffset.UTC);
		outside.close();
		Matcher blocked = seen().until(() -> Pattern.compile("blocked since (\\d\\d:\\d\\d:\\d\\d)")
			.matcher(browser.text("[data-lane='" + egress + "'] .state")), Matcher::matches);
		int late = LocalTime.parse(blocked.group(1)).toSecondOfDay() - closed.toSecondOfDay();
		assertThat(Math.floorMod(late, SECONDS_OF_A_DAY)).as("seconds from the close to %s", blocked.group())
			.isLessThanOrEqualTo(2);
		seen().untilAsserted(() -> assertThat(state("liveness")).isEqualTo("arriving"));
		checkAndSave("cut-off", 1920, 1080, false, "light");
	}

	@Test
	@Order(7)
	void thePageReconnectsAfterARestartAndShowsTheGap() throws Exception {
		browser.driver().executeScript(COLLECT_NEWS);
		service.kill();
		seen().untilAsserted(() -> assertThat(browser.text("#link")).startsWith("not reached"));
		service.restart();

		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(
					() -> assertThat(browser.text("#link")).matches("the pod was restarted, and is back after \\d+ s"));
		assertThat(browser.count("[data-lane=liveness] rect.settling")).isOne();
		assertThat(browser.driver().executeScript("return heard.join('; ')").toString())
			.as("what screen readers were told")
			.contains("the pod was restarted");
		seen().untilAsserted(() -> assertThat(state("liveness")).isEqualTo("arriving"));
		assertThat(browser.count("[data-lane=liveness] use")).as("ticks, those from before included").isGreaterThan(5);
	}

	/** Checks the page with axe on this screen, and saves a screenshot. */
	private static void checkAndSave(String name, int width, int height, boolean phone, String scheme) {
		browser.emulate(width, height, phone, scheme);
		seen().until(() -> browser.count("[data-lane=liveness] use") > 0);
		assertThat(browser.accessibilityViolations()).as("what axe finds on " + name).isEmpty();
		browser.saveScreenshot(name);
	}

	private static String state(String lane) {
		String selector = "[data-lane='" + lane + "'] .state[data-state='%s']";
		for (LaneState state : LaneState.values()) {
			if (browser.count(selector.formatted(state.label())) > 0) {
				return state.label();
			}
		}
		return "not there";
	}

	private static long sidewaysScroll() {
		return (Long) browser.driver()
			.executeScript("return document.documentElement.scrollWidth - document.documentElement.clientWidth");
	}

	private static void press(Keys key) {
		browser.driver().switchTo().activeElement().sendKeys(key);
	}

	private static String focused() {
		return String.valueOf(browser.driver().switchTo().activeElement().getDomProperty("textContent"));
	}

	private static ConditionFactory seen() {
		return await().atMost(Duration.ofSeconds(15)).pollInterval(Duration.ofMillis(100)).ignoreExceptions();
	}

}
