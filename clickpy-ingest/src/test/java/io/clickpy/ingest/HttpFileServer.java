package io.clickpy.ingest;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real HTTP server on the loopback that answers ranges of files as RFC 9110 says, except for the
 * answers that a test has put before.
 */
public final class HttpFileServer implements Closeable {
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Map<String, StoredFile> files = new ConcurrentHashMap<>();
  private final Queue<Answer> faults = new ConcurrentLinkedQueue<>();
  private final Map<String, Runnable> changes = new ConcurrentHashMap<>();
  private final List<Asked> requests = new CopyOnWriteArrayList<>();

  private HttpFileServer(HttpServer server) {
    this.server = server;
  }

  public static HttpFileServer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      HttpFileServer files = new HttpFileServer(server);
      server.createContext("/", files::handle);
      server.setExecutor(files.threads);
      server.start();
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a file there, known by an ETag that changes with the content. */
  public URI put(String path, byte[] content) {
    return put(path, content, Map.of("ETag", "\"" + Integer.toHexString(hash(content)) + "\""));
  }

  /** Puts a file there, with these headers. */
  public URI put(String path, byte[] content, Map<String, String> validators) {
    files.put(path, new StoredFile(content, validators));
    return uri(path);
  }

  private static int hash(byte[] content) {
    return Arrays.hashCode(content);
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** The next request is answered like this instead. */
  public HttpFileServer then(Answer fault) {
    faults.add(fault);
    return this;
  }

  public HttpFileServer then(int status) {
    return then(status, Map.of());
  }

  public HttpFileServer then(int status, Map<String, String> headers) {
    return then(
        exchange -> {
          headers.forEach(exchange.getResponseHeaders()::set);
          exchange.sendResponseHeaders(status, -1);
        });
  }

  /** The next answer is as it should be at first, and then the connection breaks. */
  public HttpFileServer thenCutAfter(int bytes) {
    return then(exchange -> send(exchange, bytes));
  }

  /** The next answer is as it should be at first, and then nothing more comes. */
  public HttpFileServer thenFallSilentAfter(int bytes) {
    return then(
        exchange -> {
          send(exchange, bytes);
          await(closing);
        });
  }

  /** Runs this before the next request of such a client is answered. */
  public void whenAskedBy(String userAgent, Runnable change) {
    changes.put(userAgent, change);
  }

  /** Returns what has been asked, in order. */
  public List<Asked> requests() {
    return requests;
  }

  /** Tells whether every fault has happened. */
  public boolean isDone() {
    return faults.isEmpty();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders()));
      String client = String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"));
      changes.keySet().stream()
          .filter(client::contains)
          .findFirst()
          .map(changes::remove)
          .ifPresent(Runnable::run);
      Answer fault = faults.poll();
      if (fault == null) {
        answer(exchange);
      } else {
        fault.to(exchange);
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    send(exchange, Integer.MAX_VALUE);
  }

  private void send(HttpExchange exchange, int most) throws IOException {
    StoredFile file = files.get(exchange.getRequestURI().getPath());
    Headers asked = exchange.getRequestHeaders();
    if (file == null) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    file.validators.forEach(exchange.getResponseHeaders()::set);
    if (!meets(asked.getFirst("If-Match"), file.validators.get("ETag"))
        || !meets(asked.getFirst("If-Unmodified-Since"), file.validators.get("Last-Modified"))) {
      exchange.sendResponseHeaders(412, -1);
      return;
    }
    if (exchange.getRequestMethod().equals("HEAD") || asked.getFirst("Range") == null) {
      whole(exchange, file.content);
      return;
    }
    Matcher range = RANGE.matcher(asked.getFirst("Range"));
    if (!range.matches() || Integer.parseInt(range.group(1)) >= file.content.length) {
      exchange.getResponseHeaders().set("Content-Range", "bytes */" + file.content.length);
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    int first = Integer.parseInt(range.group(1));
    int end = file.content.length - 1;
    int last = range.group(2).isEmpty() ? end : Math.min(Integer.parseInt(range.group(2)), end);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %s-%s/%s".formatted(first, last, file.content.length));
    int length = last - first + 1;
    exchange.sendResponseHeaders(206, length);
    exchange.getResponseBody().write(file.content, first, Math.min(length, most));
    exchange.getResponseBody().flush();
  }

  private static void whole(HttpExchange exchange, byte[] content) throws IOException {
    exchange.getResponseHeaders().set("Accept-Ranges", "bytes");
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
      exchange.sendResponseHeaders(200, -1);
    } else {
      exchange.sendResponseHeaders(200, content.length);
      exchange.getResponseBody().write(content);
    }
  }

  private static boolean meets(String condition, String validator) {
    return condition == null || condition.equals(validator);
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private static final class StoredFile {
    final byte[] content;
    final Map<String, String> validators;

    StoredFile(byte[] content, Map<String, String> validators) {
      this.content = content;
      this.validators = validators;
    }
  }

  /**
   * A request.
   *
   * @param target path and query
   */
  public record Asked(String method, String target, Headers headers) {
    public String header(String name) {
      return headers.getFirst(name);
    }
  }

  /** How a request is answered. */
  @FunctionalInterface
  public interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }
}
