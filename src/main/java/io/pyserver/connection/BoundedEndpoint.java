package io.pyserver.connection;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketProcessorBase;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Holds as many connections as the heap has room for, where Tomcat would take them until
 * it fails. A new one takes the place of the one that has been silent for longest.
 */
class BoundedEndpoint extends NioEndpoint {

	/** In bytes, of an answer that does not end. */
	private static final int UNREAD = 16_384;

	private final int most;

	private final int mostBegun;

	private final int places;

	private final Duration pause;

	private BegunRequests requests;

	private ConnectionCounts counts;

	private long roomMade = System.nanoTime();

	/**
	 * One that is not started yet.
	 * @param most connections
	 * @param mostBegun requests that have begun and are not answered
	 * @param places how many are made at once where there is none
	 * @param pause no more are made before it has passed
	 */
	BoundedEndpoint(int most, int mostBegun, int places, Duration pause) {
		this.most = most;
		this.mostBegun = mostBegun;
		this.places = places;
		this.pause = pause;
		useCounts(new ConnectionCounts());
	}

	final void useCounts(ConnectionCounts counts) {
		this.counts = counts;
		this.requests = new BegunRequests(this.mostBegun, counts);
	}

	final void endThoseThatTakeTooLong() {
		this.requests.endThoseThatTakeTooLong();
	}

	/** Serves it if there is room. */
	final boolean admit(SocketChannel socket) {
		if (this.connections.size() >= this.most && !makeRoom()) {
			return false;
		}
		if (!super.setSocketOptions(socket)) {
			closeSocket(socket);
		}
		return true;
	}

	final void shed(SocketChannel socket) {
		this.counts.countShed();
		destroySocket(socket);
	}

	@Override
	protected SocketProcessorBase<NioChannel> createSocketProcessor(SocketWrapperBase<NioChannel> connection,
			SocketEvent event) {
		return new SocketProcessor(connection, event) {
			@Override
			protected void doRun() {
				SocketWrapperBase<NioChannel> served = this.socketWrapper;
				if (BoundedEndpoint.this.requests.begin(served)) {
					super.doRun();
				}
				else {
					served.close();
					BoundedEndpoint.this.counts.countShed();
				}
				if (served.isClosed() || !(served.getCurrentProcessor() instanceof Processor processor)) {
					BoundedEndpoint.this.requests.finish(served);
				}
				else if (processor.isAsync()) {
					BoundedEndpoint.this.keepOpen(served);
				}
				else if (processor.isUpgrade()) {
					BoundedEndpoint.this.requests.goOn(served); // HTTP/2, whose requests
																// end unseen.
				}
			}
		};
	}

	/**
	 * A request that the service answers for as long as it wants to, and bounds itself.
	 * Little may wait for one who has stopped to read: that is how it is noticed.
	 */
	private void keepOpen(SocketWrapperBase<NioChannel> connection) {
		this.requests.finish(connection);
		SocketChannel channel = connection.getSocket().getIOChannel();
		try {
			if (channel != null) {
				channel.setOption(StandardSocketOptions.SO_SNDBUF, UNREAD);
			}
		}
		catch (IOException ex) {
			// It has ended meanwhile.
		}
	}

	private static boolean isKeptOpen(SocketWrapperBase<NioChannel> connection) {
		return connection.getCurrentProcessor() instanceof Processor processor && processor.isAsync();
	}

	private boolean makeRoom() {
		long now = System.nanoTime();
		if (now - this.roomMade < this.pause.toNanos()) {
			return false;
		}
		this.roomMade = now;
		return endTheMostSilent();
	}

	/**
	 * Their file descriptors are free as soon as their selectors have noticed.
	 * @return whether there were any
	 */
	final boolean endTheMostSilent() {
		Map<NioSocketWrapper, Long> lastRead = new IdentityHashMap<>();
		this.connections.values().forEach((connection) -> {
			NioSocketWrapper wrapper = (NioSocketWrapper) connection;
			lastRead.put(wrapper, wrapper.getLastRead());
		});
		List<NioSocketWrapper> ended = lastRead.entrySet()
			.stream()
			.sorted(Comparator.comparing(Entry::getValue))
			.map(Entry::getKey)
			.filter((connection) -> !isKeptOpen(connection))
			.filter(this.requests::endIfSilent)
			.limit(this.places)
			.toList();
		ended.forEach((connection) -> connection.getPoller().getSelector().wakeup());
		return !ended.isEmpty();
	}

}
