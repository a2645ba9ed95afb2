package io.clickpy.core.internal;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.insert.InsertResponse;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Compression;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Insert;
import io.clickpy.core.QueryStatistics;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The driver, behind calls that send one statement once and fail with our own errors.
 *
 * <p>Thread-safe. The driver's own repeats are off: it repeats inserts, and without a pause. The
 * HTTP client below it still sends a statement once more if a proxy answers 429 or 503.
 */
public final class Transport implements AutoCloseable {
  private static final long NO_TIMEOUT = 0;

  private final Client client;
  private final Errors errors;
  private final String endpoint;
  private volatile boolean closed;

  /** Prepares connections; opens none. */
  public Transport(ClickPyConfig config) {
    Client.Builder builder =
        new Client.Builder()
            .addEndpoint(config.endpoint().toString())
            .setUsername(config.credentials().user())
            .setPassword(config.credentials().password())
            .setClientName("clickpy")
            .setConnectTimeout(config.connectTimeout().toMillis())
            .setSocketTimeout(config.socketTimeout().toMillis())
            .setMaxConnections(config.maxConnections())
            .setConnectionRequestTimeout(config.socketTimeout().toMillis(), ChronoUnit.MILLIS)
            // Writes have no time limit: a server that is gone must be noticed all the same.
            .setSocketKeepAlive(true)
            .compressServerResponse(config.compression() == Compression.LZ4)
            .compressClientRequest(false)
            .useHttpFormDataForQuery(true)
            .retryOnFailures(ClientFaultCause.None)
            .setMaxRetries(0)
            .serverSetting("session_timezone", "UTC");
    config.sslContext().ifPresent(builder::setSSLContext);
    client = builder.build();
    errors = new Errors(config.endpoint());
    endpoint = config.endpoint().toString();
  }

  /** Returns a new id under which the server is to know a statement. */
  public static String newQueryId() {
    return "clickpy-" + UUID.randomUUID();
  }

  /**
   * Sends a query whose answer is complete before it travels, so that an error is the server's.
   *
   * @param silence how long the server may work without a word
   */
  public Answer query(Statement statement, String database, String queryId, Duration silence) {
    return open(
        statement,
        database,
        queryId,
        settings -> {
          settings.setNetworkTimeout(silence.toMillis(), ChronoUnit.MILLIS);
          return settings.waitEndOfQuery(true);
        });
  }

  /** Sends a query whose rows travel as they come. */
  public Answer stream(Statement statement, String database, String queryId) {
    return open(statement, database, queryId, settings -> settings.waitEndOfQuery(false));
  }

  private Answer open(
      Statement statement, String database, String queryId, UnaryOperator<QuerySettings> mode) {
    requireOpen();
    QuerySettings settings = querySettings(statement, database, queryId);
    settings.setFormat(ClickHouseFormat.RowBinaryWithNamesAndTypes);
    // An answer that nobody waits for any more is not worked out to its end.
    settings.serverSetting("cancel_http_readonly_queries_on_client_close", "1");
    try {
      QueryResponse response =
          client
              .query(
                  statement.sql(),
                  Parameters.forDriver(statement.parameters()),
                  mode.apply(settings))
              .get();
      return new Answer(response, errors, queryId);
    } catch (InterruptedException e) {
      throw interrupted(e, queryId);
    } catch (Exception e) {
      throw errors.ofRead(e, queryId);
    }
  }

  /**
   * Runs a statement that returns no rows, however long it takes.
   *
   * @param repeat whether running it twice does harm
   */
  public QueryStatistics execute(
      Statement statement, String database, String queryId, Repeat repeat) {
    requireOpen();
    QuerySettings settings = querySettings(statement, database, queryId);
    settings.waitEndOfQuery(true);
    settings.setNetworkTimeout(NO_TIMEOUT, ChronoUnit.MILLIS);
    try (QueryResponse response =
        client
            .query(statement.sql(), Parameters.forDriver(statement.parameters()), settings)
            .get()) {
      return Answer.statistics(queryId, response);
    } catch (Exception e) {
      throw failed(e, queryId, repeat);
    }
  }

  /**
   * Sends rows into a table, however long it takes.
   *
   * @param repeat whether sending them twice does harm
   */
  public QueryStatistics insert(
      Statement target,
      String format,
      Insert.Body body,
      String database,
      String queryId,
      Repeat repeat) {
    requireOpen();
    ClickHouseFormat driverFormat = driverFormat(format);
    InsertSettings settings = new InsertSettings().setQueryId(queryId).setDatabase(database);
    settings.serverSetting("wait_end_of_query", "1").serverSetting("async_insert", "0");
    target.settings().forEach(settings::serverSetting);
    settings.setNetworkTimeout(NO_TIMEOUT, ChronoUnit.MILLIS);
    BodyWatch watch = new BodyWatch(body, repeat);
    try (InsertResponse response =
        client.insert(target.sql(), watch::writeTo, driverFormat, settings).get()) {
      return new QueryStatistics(
          queryId,
          response.getReadRows(),
          response.getReadBytes(),
          response.getWrittenRows(),
          Duration.ofNanos(response.getServerTime()));
    } catch (Exception e) {
      throw watch.failure(queryId).orElseGet(() -> failed(e, queryId, repeat));
    }
  }

  private ClickPyException failed(Exception e, String queryId, Repeat repeat) {
    if (e instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return repeat == Repeat.HARMLESS ? errors.ofRead(e, queryId) : errors.ofWrite(e, queryId);
  }

  /** Whether a write may be made twice. */
  public enum Repeat {
    /** A second time changes nothing. */
    HARMLESS,
    /** A second time would count twice. */
    HARMFUL
  }

  private static QuerySettings querySettings(Statement statement, String database, String queryId) {
    QuerySettings settings = new QuerySettings().setQueryId(queryId).setDatabase(database);
    statement.settings().forEach(settings::serverSetting);
    return settings;
  }

  private static ClickHouseFormat driverFormat(String name) {
    try {
      return ClickHouseFormat.valueOf(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Invalid input format: '%s' (must be a name of ClickHouse's, as Parquet or RowBinary)"
              .formatted(name),
          e);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "Cannot use the connection to %s: it is closed".formatted(endpoint));
    }
  }

  private static ClickPyException interrupted(InterruptedException e, String queryId) {
    Thread.currentThread().interrupt();
    return new ClickPyException(
        ErrorCode.CANCELLED, "The thread was interrupted while it waited.", e, false, queryId);
  }

  @Override
  public void close() {
    closed = true;
    client.close();
  }

  /** Tells a body that cannot be read from a connection that cannot be written. */
  private static final class BodyWatch {
    private final Insert.Body body;
    private final Repeat repeat;
    private boolean begun;
    private volatile @Nullable Exception failure;

    BodyWatch(Insert.Body body, Repeat repeat) {
      this.body = body;
      this.repeat = repeat;
    }

    void writeTo(OutputStream out) throws IOException {
      if (begun && repeat == Repeat.HARMFUL) {
        // The HTTP client sends again after some answers of proxies, unasked.
        throw new IOException("The rows were sent already, and may not be sent twice");
      }
      begun = true;
      WatchedOutput watched = new WatchedOutput(out);
      try {
        body.writeTo(watched);
      } catch (IOException | RuntimeException e) {
        if (!watched.failed) {
          failure = e;
        }
        throw e;
      }
    }

    Optional<ClickPyException> failure(String queryId) {
      Exception e = failure;
      if (e == null || e instanceof ClickPyException) {
        return Optional.ofNullable((ClickPyException) e);
      }
      return Optional.of(
          new ClickPyException(
              ErrorCode.INVALID_DATA,
              "Cannot write the rows of an insert (%s).".formatted(e.getMessage()),
              e,
              false,
              queryId));
    }
  }

  /** Remembers whether the connection itself failed. */
  private static final class WatchedOutput extends FilterOutputStream {
    private boolean failed;

    WatchedOutput(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      failed = true;
      out.write(b);
      failed = false;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      failed = true;
      out.write(bytes, offset, length);
      failed = false;
    }

    @Override
    public void flush() throws IOException {
      failed = true;
      out.flush();
      failed = false;
    }
  }
}
