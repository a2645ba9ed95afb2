package io.clickpy.core;

import io.clickpy.core.internal.Answer;
import io.clickpy.core.internal.Statement;
import io.clickpy.core.internal.Transport;
import io.clickpy.core.internal.Transport.Repeat;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to the ClickHouse server, cluster or cloud service that holds the downloads.
 *
 * <p>Thread-safe; a program needs one. Whoever connects closes it. Connecting opens no socket: the
 * first question does.
 *
 * <pre>{@code
 * try (ClickPy clickpy = ClickPy.connect("http://localhost:8123")) {
 *   System.out.println(clickpy.serverVersion());
 * }
 * }</pre>
 */
public final class ClickPy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClickPy.class);
  private static final String SYSTEM = "system";

  /** What the way there and back may take on top of a query's own time. */
  private static final Duration SLACK = Duration.ofSeconds(30);

  private final ClickPyConfig config;
  private final Transport transport;
  private final ExecutorService background;

  private ClickPy(ClickPyConfig config) {
    this.config = config;
    this.transport = new Transport(config);
    AtomicInteger number = new AtomicInteger();
    this.background =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "clickpy-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Connects, with defaults for all but the endpoint.
   *
   * @param endpoint as in {@link ClickPyConfig#builder(String)}
   * @throws IllegalArgumentException if the endpoint is invalid
   */
  public static ClickPy connect(String endpoint) {
    return connect(ClickPyConfig.builder(endpoint).build());
  }

  /**
   * Connects, with defaults for all but the endpoint.
   *
   * @param endpoint as in {@link ClickPyConfig#builder(String)}
   * @throws IllegalArgumentException if the endpoint is invalid
   */
  public static ClickPy connect(URI endpoint) {
    return connect(ClickPyConfig.builder(endpoint).build());
  }

  /** Connects as the configuration says. */
  public static ClickPy connect(ClickPyConfig config) {
    return new ClickPy(config);
  }

  /**
   * Connects as the environment says: {@code CLICKPY_URL}, {@code CLICKPY_USER}, {@code
   * CLICKPY_PASSWORD}, {@code CLICKPY_DATABASE}.
   *
   * @throws IllegalArgumentException if {@code CLICKPY_URL} is not set or a value is invalid
   */
  public static ClickPy fromEnvironment() {
    return connect(ClickPyConfig.fromEnvironment(System.getenv()));
  }

  /** Returns the configuration. */
  public ClickPyConfig config() {
    return config;
  }

  /** Returns the database that holds the tables. */
  public DatabaseName database() {
    return config.database();
  }

  /**
   * Asks the server for its version, and thereby whether it can be reached.
   *
   * @throws ClickPyException if it cannot
   */
  public ServerVersion serverVersion() {
    Query<String> query = Query.of("SELECT version() AS version", row -> row.string("version"));
    return ServerVersion.parse(
        retrying(() -> fetchOnce(query, SYSTEM, Transport.newQueryId())).get(0));
  }

  /**
   * Stops a query or write on the server, if it runs there, and waits until it has stopped.
   *
   * @param queryId as in {@link ClickPyException#queryId()} or {@link QueryStatistics#queryId()}
   * @throws ClickPyException if the server cannot be asked to
   */
  public void settle(String queryId) {
    kill(queryId, "SYNC");
  }

  /** Tells the server to stop a query, without waiting: it may be waiting for its reader. */
  void cancel(String queryId) {
    kill(queryId, "ASYNC");
  }

  void cancelInBackground(String queryId) {
    try {
      background.execute(() -> tryToCancel(queryId));
    } catch (RejectedExecutionException closed) {
      LOG.debug("Query {} ends with its connection, which is closed", queryId);
    }
  }

  private void tryToCancel(String queryId) {
    try {
      cancel(queryId);
    } catch (ClickPyException | IllegalStateException e) {
      LOG.warn("Cannot stop query {} on the server: {}", queryId, e.getMessage());
    }
  }

  private void kill(String queryId, String mode) {
    Statement kill =
        Statement.of("KILL QUERY WHERE query_id = {query_id:String} " + mode)
            .bind("query_id", queryId);
    // A second kill finds nothing.
    retrying(() -> transport.execute(kill, SYSTEM, Transport.newQueryId(), Repeat.HARMLESS));
  }

  <R> QueryResult<R> fetch(Query<R> query) {
    return retrying(() -> fetchOnce(query, Transport.newQueryId()));
  }

  <R> CompletableFuture<QueryResult<R>> fetchAsync(Query<R> query) {
    return BackgroundFetch.start(this, query, background);
  }

  <R> Stream<R> stream(Query<R> query) {
    Statement statement = limited(query);
    Answer answer =
        retrying(() -> transport.stream(statement, database().value(), Transport.newQueryId()));
    return RowStream.of(this, answer, query.mapper());
  }

  QueryStatistics execute(Command command) {
    String database = command.databaseOr(database());
    return retryingWrite(
        () -> {
          String queryId = command.queryIdOr(Transport.newQueryId());
          LOG.debug("Command {}: {}", queryId, command);
          return transport.execute(command.statement(), database, queryId, command.repeat());
        });
  }

  QueryStatistics execute(Insert insert) {
    return retryingWrite(
        () -> {
          String queryId = Transport.newQueryId();
          LOG.debug("Insert {}: {}", queryId, insert);
          return transport.insert(
              insert.statement(),
              insert.format(),
              insert.body(),
              database().value(),
              queryId,
              insert.repeat());
        });
  }

  <R> QueryResult<R> fetchOnce(Query<R> query, String queryId) {
    return fetchOnce(query, database().value(), queryId);
  }

  private <R> QueryResult<R> fetchOnce(Query<R> query, String database, String queryId) {
    LOG.debug("Query {}: {}", queryId, query.sql());
    Statement statement = limited(query);
    try (Answer answer = transport.query(statement, database, queryId, silence(query))) {
      return new QueryResult<>(answer.all(query.mapper()), answer.statistics(), query.table());
    }
  }

  private QueryLimits limits(Query<?> query) {
    return query.limits().orElse(config.limits());
  }

  /** A server that works on a bounded answer is silent for as long as it may run. */
  private Duration silence(Query<?> query) {
    Duration longest = limits(query).maxExecutionTime().plus(SLACK);
    return longest.compareTo(config.socketTimeout()) > 0 ? longest : config.socketTimeout();
  }

  /** A setting of the query's own wins over the limits. */
  private Statement limited(Query<?> query) {
    QueryLimits limits = limits(query);
    Statement statement = query.statement();
    Map<String, OptionalLong> settings = new LinkedHashMap<>();
    settings.put("max_execution_time", OptionalLong.of(limits.maxExecutionTime().toSeconds()));
    settings.put("max_rows_to_read", limits.maxRowsToRead());
    settings.put("max_bytes_to_read", limits.maxBytesToRead());
    settings.put("max_memory_usage", limits.maxMemory());
    for (Map.Entry<String, OptionalLong> setting : settings.entrySet()) {
      if (setting.getValue().isPresent() && !statement.settings().containsKey(setting.getKey())) {
        statement =
            statement.setting(setting.getKey(), Long.toString(setting.getValue().getAsLong()));
      }
    }
    return statement;
  }

  <T> T retrying(Supplier<T> call) {
    return retrying(call, failed -> {});
  }

  private <T> T retryingWrite(Supplier<T> call) {
    // What the server did not answer may still be running there.
    return retrying(
        call,
        failed -> {
          if (failed instanceof ConnectionException) {
            failed.queryId().ifPresent(this::settle);
          }
        });
  }

  /** Makes a call again while that can help. */
  private <T> T retrying(Supplier<T> call, Consumer<ClickPyException> beforeRepeat) {
    for (int attempt = 1; ; attempt++) {
      try {
        return call.get();
      } catch (ClickPyException e) {
        if (!e.isRetryable() || attempt >= config.retries().maxAttempts()) {
          throw e;
        }
        Duration delay = config.retries().delayAfter(attempt);
        LOG.debug("Attempt {} failed ({}); the next in {}", attempt, e.code(), delay);
        sleep(delay, e);
        beforeRepeat.accept(e);
      }
    }
  }

  private static void sleep(Duration delay, ClickPyException reason) {
    try {
      Thread.sleep(delay.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw reason;
    }
  }

  /**
   * Ends every connection; queries under way fail, and any later call throws {@link
   * IllegalStateException}. Closing twice does nothing more.
   */
  @Override
  public void close() {
    background.shutdownNow();
    transport.close();
  }

  @Override
  public String toString() {
    return "ClickPy[" + config.endpoint() + "/" + config.database() + "]";
  }
}
