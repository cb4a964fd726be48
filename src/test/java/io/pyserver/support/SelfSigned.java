package io.pyserver.support;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

import org.springframework.boot.web.server.Ssl;

/**
 * TLS with a certificate that nobody has signed, and clients that take any, as a
 * kubelet's probe does.
 */
public final class SelfSigned {

	private static final String PASSWORD = "changeit";

	private static final SSLContext ANY = trustAny();

	private SelfSigned() {
	}

	/**
	 * Makes a key and its certificate.
	 * @param directory where the key store is put
	 * @return Spring Boot's {@code server.ssl} with that
	 * @throws IOException when keytool cannot be run
	 * @throws InterruptedException when the waiting for it is interrupted
	 */
	public static Ssl in(Path directory) throws IOException, InterruptedException {
		Path store = directory.resolve("keys.p12");
		// One iteration, because everyone knows the password.
		int exitCode = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC", "-J-Dkeystore.pkcs12.keyPbeIterationCount=1",
				"-J-Dkeystore.pkcs12.certPbeIterationCount=1", "-J-Dkeystore.pkcs12.macIterationCount=1", "-genkeypair",
				"-keyalg", "EC", "-alias", "service", "-dname", "CN=service", "-keystore", store.toString(),
				"-storetype", "PKCS12", "-storepass", PASSWORD)
			.inheritIO()
			.start()
			.waitFor();
		if (exitCode != 0) {
			throw new IOException("keytool ended with " + exitCode);
		}
		Ssl ssl = new Ssl();
		ssl.setKeyStore(store.toUri().toString());
		ssl.setKeyStorePassword(PASSWORD);
		return ssl;
	}

	/**
	 * Speaks TLS over a connection.
	 * @param connection to the service
	 * @return what is sent over it as plain text
	 * @throws IOException when the connection has ended
	 */
	public static Socket client(Socket connection) throws IOException {
		return ANY.getSocketFactory().createSocket(connection, "localhost", connection.getPort(), true);
	}

	private static SSLContext trustAny() {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, new TrustManager[] { new TrustsAny() }, null);
			return context;
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static final class TrustsAny implements X509TrustManager {

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String algorithm) {
			// As it is.
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String algorithm) {
			// As it is.
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
