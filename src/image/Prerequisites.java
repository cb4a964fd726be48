import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Checks what the image needs: its base image, and a Docker engine for the tests.
 *
 * @param baseImage the name of the base image in Jib's format
 * @param asked whether the build was asked for the image by name; then it needs no Docker
 * @param offline whether Maven is offline
 * @param proxied whether Maven and Jib use a proxy
 */
record Prerequisites(String baseImage, boolean asked, boolean offline, boolean proxied) {

	/** The API of Docker 20.10, the first with the cgroup namespaces that a k3s node needs. */
	private static final double OLDEST_API = 1.41;

	private static final int PATIENCE_MILLIS = 5_000;

	private static final Pattern API = Pattern.compile("(?i)\r\napi-version: (\\d+\\.\\d+)\r\n");

	private static final Pattern REGISTRY = Pattern
		.compile("(?<host>[^/:]+\\.[^/:]+|localhost|[^/:]+(?=:))(:(?<port>\\d+))?/.*");

	private static final String TAR = "tar://";

	/**
	 * Finds the first thing that is missing.
	 * @return a line that says what is missing and how to add it, or empty
	 */
	Optional<String> missing() {
		return this.asked ? missingBase() : missingDocker().or(this::missingBase);
	}

	private static Optional<String> missingDocker() {
		String host = Optional.ofNullable(System.getenv("DOCKER_HOST")).orElseGet(Prerequisites::usualSocket);
		URI uri = URI.create(host);
		if (!Stream.of("unix", "tcp", "http").anyMatch(uri.getScheme()::equals)
				|| System.getenv("DOCKER_TLS_VERIFY") != null) {
			return Optional.empty();
		}
		try {
			Matcher api = API.matcher(CompletableFuture.supplyAsync(() -> ping(uri))
				.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
				.join());
			if (api.find() && Double.parseDouble(api.group(1)) < OLDEST_API) {
				return Optional.of("the Docker engine at " + host + " speaks version " + api.group(1)
						+ " of its API; install Docker 20.10 or later, which speaks " + OLDEST_API + ".");
			}
			return Optional.empty();
		}
		catch (CompletionException ex) {
			return Optional.of("no Docker engine answers at " + host + "; start Docker, set DOCKER_HOST,"
					+ " or ask for the image alone with -Dimage=NAME:TAG.");
		}
	}

	/** The socket that Testcontainers finds, too. */
	private static String usualSocket() {
		String home = System.getProperty("user.home");
		return System.getProperty("os.name").startsWith("Windows") ? "npipe:////./pipe/docker_engine"
				: "unix://" + Stream
					.of("/var/run/docker.sock", System.getenv("XDG_RUNTIME_DIR") + "/docker.sock",
							home + "/.docker/run/docker.sock", home + "/.docker/desktop/docker.sock")
					.filter((socket) -> Files.exists(Path.of(socket)))
					.findFirst()
					.orElse("/var/run/docker.sock");
	}

	private static String ping(URI host) {
		SocketAddress address = host.getScheme().equals("unix") ? UnixDomainSocketAddress.of(host.getPath())
				: new InetSocketAddress(host.getHost(), host.getPort());
		try (SocketChannel engine = SocketChannel.open(address)) {
			engine.write(StandardCharsets.US_ASCII.encode("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n"));
			ByteBuffer answer = ByteBuffer.allocate(4_096);
			while (answer.hasRemaining() && engine.read(answer) >= 0) {
				// Read to the end of the answer.
			}
			return StandardCharsets.ISO_8859_1.decode(answer.flip()).toString();
		}
		catch (IOException ex) {
			throw new CompletionException(ex);
		}
	}

	private Optional<String> missingBase() {
		if (this.baseImage.startsWith(TAR)) {
			return Files.exists(Path.of(this.baseImage.substring(TAR.length()))) ? Optional.empty()
					: Optional.of("there is no file " + this.baseImage + "; set BASE_IMAGE to one that is there.");
		}
		if (this.baseImage.startsWith("docker://") || isKept()) {
			return Optional.empty();
		}
		if (this.offline) {
			return Optional.of("Maven is offline, and " + this.baseImage
					+ " was not pulled before; run once without -o, or set BASE_IMAGE to tar:///path/to/archive.tar.");
		}
		Matcher registry = REGISTRY.matcher(this.baseImage);
		String host = registry.matches() ? registry.group("host") : "registry-1.docker.io";
		String port = registry.matches() ? Objects.requireNonNullElse(registry.group("port"), "443") : "443";
		return (this.proxied || answers(host, Integer.parseInt(port))) ? Optional.empty()
				: Optional.of(host + ", which has the base image, cannot be reached; set BASE_IMAGE to one that can,"
						+ " or name your proxy in Maven's settings.xml.");
	}

	/** Whether Jib has pulled the image by its digest before; then it needs no registry. */
	private boolean isKept() {
		String cache = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
			.orElse(System.getProperty("user.home") + "/.cache");
		return this.baseImage.contains("@") && Files.isDirectory(Path.of(cache, "google-cloud-tools-java/jib/images",
				this.baseImage.replace(':', '!').replace('@', '!')));
	}

	private static boolean answers(String host, int port) {
		try (Socket registry = new Socket()) {
			registry.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
