package io.clickpy.ingest.bigquery;

import com.google.api.client.json.GenericJson;
import com.google.api.client.json.JsonFactory;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.gax.retrying.RetrySettings;
import com.google.api.services.bigquery.model.Job;
import com.google.cloud.NoCredentials;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.http.HttpTransportOptions;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.clickpy.ingest.BigQueryRunner;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * A stand-in for the part of BigQuery's REST API that query jobs need, on the loopback.
 *
 * <p>It knows {@code jobs.insert}, {@code jobs.get}, {@code jobs.cancel}, {@code
 * jobs.getQueryResults} and {@code tabledata.list}, for one project in one location. It knows no
 * SQL: a statement is handed to a {@link BigQueryRunner} as soon as its job is inserted, however
 * long the job then seems to run, and the answer to a query is one number. It knows no credentials,
 * no quotas, no other kinds of jobs, no pages; it ignores parameters and sends all fields. Its JSON
 * is made by Google's own model of the API, so what is wrong there is not seen. What a test puts
 * before happens to the next requests.
 */
public final class FakeBigQuery implements Closeable {
  private static final JsonFactory JSON = GsonFactory.getDefaultInstance();
  static final String PROJECT = "my-project";
  private static final Pattern PATH =
      Pattern.compile(
          "/bigquery/v2/projects/my-project/"
              + "(?:jobs|(?<what>jobs/|queries/|.+/tables/)(?<id>[^/]+)(?:/cancel|/data)?)");

  private final HttpServer server;
  private final BigQueryRunner statements;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, FakeJob> jobs = new ConcurrentHashMap<>();
  private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile int polls;

  private FakeBigQuery(HttpServer server, BigQueryRunner statements) {
    this.server = server;
    this.statements = statements;
  }

  /** Starts it; the runner does what statements say. */
  public static FakeBigQuery start(BigQueryRunner statements) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      FakeBigQuery bigQuery = new FakeBigQuery(server, statements);
      server.createContext("/", bigQuery::handle);
      server.setExecutor(bigQuery.threads);
      server.start();
      return bigQuery;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns Google's client of this stand-in, which waits for no answer longer than that. */
  public BigQuery client(Duration patience) {
    return BigQueryOptions.newBuilder()
        .setHost("http://127.0.0.1:" + server.getAddress().getPort())
        .setProjectId(PROJECT)
        .setCredentials(NoCredentials.getInstance())
        .setTransportOptions(
            HttpTransportOptions.newBuilder()
                .setConnectTimeout(Math.toIntExact(patience.toMillis()))
                .setReadTimeout(Math.toIntExact(patience.toMillis()))
                .build())
        .setRetrySettings(
            RetrySettings.newBuilder()
                .setInitialRetryDelayDuration(Duration.ofMillis(10))
                .setMaxRetryDelayDuration(Duration.ofMillis(10))
                .setMaxAttempts(5)
                .setTotalTimeoutDuration(patience)
                .build())
        .build()
        .getService();
  }

  /** Jobs inserted from now on are running until they have been asked for so many times. */
  FakeBigQuery running(int value) {
    polls = value;
    return this;
  }

  /** The next request fails like this, and does nothing. */
  FakeBigQuery then(int status) {
    faults.add(work -> Answer.error(status, "a fault"));
    return this;
  }

  /** So many of the next requests fail like this. */
  FakeBigQuery then(int status, int times) {
    IntStream.range(0, times).forEach(i -> then(status));
    return this;
  }

  /** The next request does what it says, and fails like this all the same. */
  FakeBigQuery thenDoAndAnswer(int status) {
    faults.add(
        work -> {
          Answer unused = work.answer();
          return Answer.error(status, "a fault");
        });
    return this;
  }

  /** The next request is answered when the latch is open. */
  FakeBigQuery thenWaitFor(CountDownLatch latch) {
    faults.add(
        work -> {
          latch.await();
          return work.answer();
        });
    return this;
  }

  /** Returns method and path of each request, in order. */
  List<String> requests() {
    return requests;
  }

  /** Returns whether all jobs have been cancelled, and there was one. */
  boolean isCancelled() {
    return !jobs.isEmpty() && jobs.values().stream().allMatch(FakeJob::isCancelled);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String body = body(exchange);
      requests.add(exchange.getRequestMethod() + " " + path);
      Fault fault = faults.poll();
      send(exchange, fault == null ? answer(path, body) : fault.instead(() -> answer(path, body)));
    } catch (InterruptedException e) {
      throw new InterruptedIOException(); // The stand-in is closed.
    }
  }

  /** Reads all of a request, as a connection that goes on needs it. */
  private static String body(HttpExchange exchange) throws IOException {
    boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream raw = exchange.getRequestBody();
        InputStream in = zipped ? new GZIPInputStream(raw) : raw) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    byte[] json = JSON.toByteArray(answer.json);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status, json.length);
    exchange.getResponseBody().write(json);
  }

  private Answer answer(String path, String body) throws IOException {
    Matcher request = PATH.matcher(path);
    if (!request.matches()) {
      return Answer.error(404, "Not found: " + path);
    }
    String id = request.group("id");
    if (id == null) {
      return insert(JSON.fromString(body, Job.class));
    }
    FakeJob job = jobs.get(id);
    if (job == null) {
      return Answer.error(404, "Not found: Job " + id);
    }
    return switch (request.group("what")) {
      case "jobs/" -> Answer.ok(path.endsWith("/cancel") ? job.cancel() : job.asked());
      case "queries/" -> Answer.ok(job.results());
      default -> Answer.ok(job.rows());
    };
  }

  private Answer insert(Job job) {
    String id = job.getJobReference().getJobId();
    FakeJob inserted = new FakeJob(job, polls);
    if (jobs.putIfAbsent(id, inserted) != null) {
      return Answer.error(409, "Already Exists: Job %s:US.%s".formatted(PROJECT, id));
    }
    return Answer.ok(inserted.run(statements));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** What a request says. */
  @FunctionalInterface
  private interface Work {
    Answer answer() throws IOException;
  }

  /** What happens to a request. */
  @FunctionalInterface
  private interface Fault {
    Answer instead(Work work) throws IOException, InterruptedException;
  }

  /** What is sent back. */
  private static final class Answer {
    final int status;
    final GenericJson json;

    private Answer(int status, GenericJson json) {
      this.status = status;
      this.json = json;
    }

    static Answer ok(GenericJson json) {
      return new Answer(200, json);
    }

    static Answer error(int status, String message) {
      GenericJson error = new GenericJson().set("code", status).set("message", message);
      return new Answer(status, new GenericJson().set("error", error));
    }
  }
}
