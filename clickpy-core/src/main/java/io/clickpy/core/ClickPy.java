package io.clickpy.core;

import io.clickpy.core.internal.Answer;
import io.clickpy.core.internal.Statement;
import io.clickpy.core.internal.Transport;
import io.clickpy.core.internal.Transport.Repeat;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
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
    return fetch(query, begin(query), Call::nextQueryId);
  }

  /** Fetches within a call that has begun. */
  <R> QueryResult<R> fetch(Query<R> query, Call call, Function<Call, String> attempt) {
    return call.watch(
        () -> {
          QueryResult<R> result =
              retrying(() -> fetchOnce(query, database().value(), attempt.apply(call)));
          call.answered(result.size(), result.statistics());
          return result;
        });
  }

  <R, A> CompletableFuture<A> fetchAsync(
      Query<R> query, Function<? super QueryResult<R>, ? extends A> finish) {
    return BackgroundFetch.start(this, query, finish, background);
  }

  <R> Stream<R> stream(Query<R> query) {
    Call call = begin(query);
    Statement statement = limits(query).applyTo(query.statement());
    Answer answer =
        call.watch(
            () ->
                retrying(
                    () -> transport.stream(statement, database().value(), call.nextQueryId())));
    return RowStream.of(this, call, answer, query.mapper());
  }

  QueryStatistics execute(Command command) {
    DatabaseName database = command.databaseOr(database());
    Call call =
        begin(
            command.queryIdOr(Transport.newQueryId()),
            command.statement(),
            command.statement().firstWord(),
            Optional.empty(),
            database);
    return write(
        call,
        () -> {
          String queryId = command.hasQueryId() ? call.sameQueryId() : call.nextQueryId();
          LOG.debug("Command {}: {}", queryId, command);
          return transport.execute(
              command.statement(), database.value(), queryId, command.repeat());
        });
  }

  QueryStatistics execute(Insert insert) {
    Call call =
        begin(Transport.newQueryId(), insert.statement(), "INSERT", Optional.empty(), database());
    return write(
        call,
        () -> {
          String queryId = call.nextQueryId();
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

  Call begin(Query<?> query) {
    return begin(Transport.newQueryId(), query.statement(), "SELECT", query.table(), database());
  }

  private Call begin(
      String queryId,
      Statement statement,
      String operation,
      Optional<String> table,
      DatabaseName database) {
    return Call.start(
        config.listeners(),
        new QueryStart(
            queryId, operation, statement.sqlWithoutSecrets(), table, database, config.endpoint()));
  }

  private QueryStatistics write(Call call, Supplier<QueryStatistics> attempt) {
    return call.watch(
        () -> {
          QueryStatistics statistics =
              Retries.call(
                  config.retries(),
                  config.maxConnections(),
                  attempt,
                  failed -> {
                    // What the server did not answer may still be running there.
                    if (failed instanceof ConnectionException) {
                      failed.queryId().ifPresent(this::settle);
                    }
                  });
          call.answered(0, statistics);
          return statistics;
        });
  }

  private <R> QueryResult<R> fetchOnce(Query<R> query, String database, String queryId) {
    LOG.debug("Query {}: {}", queryId, query.sql());
    Statement statement = limits(query).applyTo(query.statement());
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

  private <T> T retrying(Supplier<T> call) {
    return Retries.call(config.retries(), config.maxConnections(), call, failed -> {});
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
