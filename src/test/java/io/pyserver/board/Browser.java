package io.pyserver.board;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;

import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.ClassPathResource;

/**
 * Headless Chromium, with its log, its requests and axe's findings for a page.
 *
 * @param driver Selenium's driver
 */
record Browser(ChromeDriver driver) implements AutoCloseable {

	static final String BROWSER = "chromium";

	static final String DRIVER = "chromedriver";

	private static final Path PICTURES = Path.of("target/board");

	static Optional<File> onPath(String program) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> new File(directory, program))
			.filter(File::canExecute)
			.findFirst();
	}

	static Browser start() {
		LoggingPreferences logs = new LoggingPreferences();
		logs.enable(LogType.BROWSER, Level.ALL);
		logs.enable(LogType.PERFORMANCE, Level.ALL);
		ChromeOptions options = new ChromeOptions();
		options.setBinary(onPath(BROWSER).orElseThrow());
		options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu",
				"--hide-scrollbars", "--no-first-run", "--disable-background-networking");
		options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
		// Otherwise Selenium would download a driver.
		System.setProperty("webdriver.chrome.driver", onPath(DRIVER).orElseThrow().getPath());
		return new Browser(new ChromeDriver(options));
	}

	void open(String url) {
		this.driver.get(url);
	}

	String text(String selector) {
		List<WebElement> found = this.driver.findElements(By.cssSelector(selector));
		return found.isEmpty() ? "" : String.valueOf(found.getFirst().getDomProperty("textContent"));
	}

	int count(String selector) {
		return this.driver.findElements(By.cssSelector(selector)).size();
	}

	void click(String selector) {
		this.driver.findElement(By.cssSelector(selector)).click();
	}

	/** The warnings and errors in the console since the last call. */
	List<String> complaints() {
		return this.driver.manage()
			.logs()
			.get(LogType.BROWSER)
			.getAll()
			.stream()
			.filter((entry) -> entry.getLevel().intValue() >= Level.WARNING.intValue())
			.map((entry) -> entry.getMessage())
			.toList();
	}

	/** The addresses that the page has requested since the last call. */
	List<String> requests() {
		return this.driver.manage()
			.logs()
			.get(LogType.PERFORMANCE)
			.getAll()
			.stream()
			.map((entry) -> JsonMapper.shared().readTree(entry.getMessage()).path("message"))
			.filter((message) -> message.path("method").asString("").equals("Network.requestWillBeSent"))
			.map((message) -> message.at("/params/request/url").asString(""))
			.toList();
	}

	/** The serious and critical violations that axe finds. */
	List<String> accessibilityViolations() {
		try {
			this.driver.executeScript(new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String found = String.valueOf(this.driver.executeAsyncScript("""
				const done = arguments[arguments.length - 1];
				axe.run().then((result) => done(JSON.stringify(result.violations)))"""));
		return JsonMapper.shared()
			.readTree(found)
			.valueStream()
			.filter((violation) -> List.of("serious", "critical").contains(violation.path("impact").asString("")))
			.map(Browser::violation)
			.toList();
	}

	private static String violation(JsonNode violation) {
		return violation.path("id").asString("") + ": " + violation.path("help").asString("") + ", at "
				+ violation.at("/nodes/0/html").asString("");
	}

	/**
	 * Emulates a screen of this size and colour scheme, and a phone's if asked.
	 * Animations are off, so that axe sees the final colours.
	 */
	void emulate(int width, int height, boolean phone, String scheme) {
		this.driver.executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", phone));
		this.driver.executeCdpCommand("Emulation.setEmulatedMedia",
				Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme),
						Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
	}

	/** Saves a screenshot in target/board. */
	void saveScreenshot(String name) {
		try {
			Files.write(Files.createDirectories(PICTURES).resolve(name + ".png"),
					this.driver.getScreenshotAs(OutputType.BYTES));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
