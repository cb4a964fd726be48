package io.pyserver.board;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.HttpRequestHandler;

/**
 * An open board: what happens, until one of both ends leaves. It waits on a virtual
 * thread, and is outside the request's own: the connection is then one that the service
 * keeps open itself.
 */
final class EventStream implements HttpRequestHandler {

	private final Boards boards;

	private final Form events;

	private final Form lines;

	EventStream(Boards boards, Form events, Form lines) {
		this.boards = boards;
		this.events = events;
		this.lines = lines;
	}

	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Form form = String.valueOf(request.getHeader(HttpHeaders.ACCEPT)).contains(MediaType.TEXT_EVENT_STREAM_VALUE)
				? this.events : this.lines;
		Optional<Watch> watch = this.boards.open();
		if (watch.isEmpty()) {
			response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
			response.setContentType(this.lines.contentType());
			response.getOutputStream()
				.write((Boards.MOST + " boards are open, and no more can be; close one and open this one again\n")
					.getBytes(StandardCharsets.UTF_8));
			return;
		}
		response.setContentType(form.contentType());
		AsyncContext board = request.startAsync();
		board.setTimeout(0);
		board.addListener(new CompleteOnError());
		board.start(() -> {
			try {
				show(watch.get(), form, response.getOutputStream());
				board.complete();
			}
			catch (IOException ex) {
				// Whoever looked has left, or has stopped reading: Tomcat says so as
				// well.
			}
			catch (InterruptedException ex) {
				board.complete();
			}
			finally {
				this.boards.close();
			}
		});
	}

	private static void show(Watch watch, Form form, OutputStream board) throws IOException, InterruptedException {
		long seen = 0;
		for (Moment moment = watch.after(0); moment != null; moment = watch.after(seen)) {
			board.write(moment.after(seen, form));
			board.flush();
			seen = moment.number();
		}
	}

	/** That who looked has left is no failure of the service's. */
	private static final class CompleteOnError implements AsyncListener {

		@Override
		public void onError(AsyncEvent event) {
			event.getAsyncContext().complete();
		}

		@Override
		public void onComplete(AsyncEvent event) {
			// Nothing is left to do.
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			// It has none.
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
			// It is not started again.
		}

	}

}
