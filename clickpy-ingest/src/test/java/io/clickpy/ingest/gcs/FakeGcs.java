package io.clickpy.ingest.gcs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A stand-in for the part of Cloud Storage's JSON API that reading needs, on the loopback.
 *
 * <p>It knows one bucket, {@code exports}; lists objects by prefix in pages; and answers ranges of
 * an object's newest generation, or 404 for any other generation. It knows no credentials, no
 * uploads, no versions, no CRC that is right, and no conditions. What a test puts before comes
 * instead of the next answers.
 */
final class FakeGcs implements Closeable {
  static final String BUCKET = "exports";

  private static final Pattern LIST = Pattern.compile("/storage/v1/b/([^/]+)/o");
  private static final Pattern MEDIA = Pattern.compile("/download/storage/v1/b/([^/]+)/o/([^/]+)");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final NavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>();
  private final AtomicLong generations = new AtomicLong(1_700_000_000_000_000L);
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final int pageSize;

  private FakeGcs(HttpServer server, int pageSize) {
    this.server = server;
    this.pageSize = pageSize;
  }

  /** Starts it; a page of a listing has at most so many objects. */
  static FakeGcs start(int pageSize) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeGcs gcs = new FakeGcs(server, pageSize);
      server.createContext("/", gcs::handle);
      server.setExecutor(gcs.threads);
      server.start();
      return gcs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Writes an object in a new generation. */
  void put(String name, byte[] content) {
    objects.put(name, new StoredObject(generations.incrementAndGet(), content));
  }

  long generation(String name) {
    return objects.get(name).generation;
  }

  /** The next request fails like this. */
  FakeGcs then(int status) {
    faults.add(
        exchange -> {
          byte[] error =
              "{\"error\":{\"code\":%s,\"message\":\"a fault\"}}"
                  .formatted(status)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(status, error.length);
          exchange.getResponseBody().write(error);
        });
    return this;
  }

  /** The next answer is cut off after so many bytes. */
  FakeGcs thenCutAfter(int bytes) {
    faults.add(exchange -> answer(exchange, bytes));
    return this;
  }

  /** Returns path and query of each request, in order. */
  List<String> requests() {
    return requests;
  }

  boolean isDone() {
    return faults.isEmpty();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(
          exchange.getRequestURI()
              + " "
              + String.valueOf(exchange.getRequestHeaders().getFirst("Range")));
      Fault fault = faults.poll();
      if (fault == null) {
        answer(exchange, Integer.MAX_VALUE);
      } else {
        fault.to(exchange);
      }
    }
  }

  private void answer(HttpExchange exchange, int most) throws IOException {
    String path = exchange.getRequestURI().getRawPath();
    Map<String, String> query = query(exchange.getRequestURI());
    Matcher list = LIST.matcher(path);
    Matcher media = MEDIA.matcher(path);
    if (list.matches() && list.group(1).equals(BUCKET)) {
      send(exchange, 200, listing(query).getBytes(StandardCharsets.UTF_8), most);
    } else if (media.matches() && media.group(1).equals(BUCKET)) {
      media(exchange, objects.get(decoded(media.group(2))), query, most);
    } else {
      notFound(exchange);
    }
  }

  private String listing(Map<String, String> query) {
    String prefix = query.getOrDefault("prefix", "");
    String from = query.getOrDefault("pageToken", prefix);
    List<String> names =
        objects.tailMap(from).keySet().stream()
            .filter(name -> name.startsWith(prefix))
            .limit(pageSize + 1L)
            .toList();
    String items =
        names.stream()
            .limit(pageSize)
            .map(name -> item(name, objects.get(name)))
            .collect(Collectors.joining(","));
    String next =
        names.size() > pageSize ? "\"nextPageToken\":\"%s\",".formatted(names.get(pageSize)) : "";
    return "{\"kind\":\"storage#objects\",%s\"items\":[%s]}".formatted(next, items);
  }

  private static String item(String name, StoredObject object) {
    return "{\"kind\":\"storage#object\",\"bucket\":\"%s\",\"name\":\"%s\",\"size\":\"%s\",\"generation\":\"%s\",\"crc32c\":\"AAAAAA==\",\"md5Hash\":\"%s\"}"
        .formatted(BUCKET, name, object.content.length, object.generation, md5(object.content));
  }

  private static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void media(
      HttpExchange exchange, StoredObject object, Map<String, String> query, int most)
      throws IOException {
    if (object == null || !query.get("generation").equals(Long.toString(object.generation))) {
      notFound(exchange);
      return;
    }
    byte[] content = object.content;
    Matcher range = RANGE.matcher(exchange.getRequestHeaders().getFirst("Range"));
    if (!range.matches() || Integer.parseInt(range.group(1)) >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    int first = Integer.parseInt(range.group(1));
    int end =
        range.group(2).isEmpty()
            ? content.length
            : (int) Math.min(Long.parseLong(range.group(2)) + 1, content.length);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes %s-%s/%s".formatted(first, end - 1, content.length));
    exchange.getResponseHeaders().set("x-goog-generation", Long.toString(object.generation));
    send(exchange, 206, Arrays.copyOfRange(content, first, end), most);
  }

  private static void send(HttpExchange exchange, int status, byte[] body, int most)
      throws IOException {
    exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("application/json"));
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body, 0, Math.min(most, body.length));
    exchange.getResponseBody().flush();
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(404, -1);
  }

  private static Map<String, String> query(URI uri) {
    Map<String, String> query = new HashMap<>();
    if (uri.getRawQuery() != null) {
      for (String part : uri.getRawQuery().split("&", -1)) {
        String[] pair = part.split("=", 2);
        query.put(pair[0], pair.length < 2 ? "" : decoded(pair[1]));
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static final class StoredObject {
    final long generation;
    final byte[] content;

    StoredObject(long generation, byte[] content) {
      this.generation = generation;
      this.content = content;
    }
  }

  /** How a request is answered instead. */
  @FunctionalInterface
  private interface Fault {
    void to(HttpExchange exchange) throws IOException;
  }
}
