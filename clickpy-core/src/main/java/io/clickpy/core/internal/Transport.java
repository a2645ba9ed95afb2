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
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The driver, behind calls that send one statement once and fail with our own errors.
 *
 * <p>Thread-safe. The driver's own repeats are off: it repeats inserts, and without a pause.
 */
public final class Transport implements AutoCloseable {
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

  /** Sends a query whose answer is complete before it travels, so that an error is the server's. */
  public Answer query(Statement statement, String database, String queryId) {
    return open(statement, database, queryId, settings -> settings.waitEndOfQuery(true));
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

  /** Runs a statement that returns no rows. */
  public QueryStatistics execute(Statement statement, String database, String queryId) {
    requireOpen();
    QuerySettings settings = querySettings(statement, database, queryId);
    settings.waitEndOfQuery(true);
    try (QueryResponse response =
        client
            .query(statement.sql(), Parameters.forDriver(statement.parameters()), settings)
            .get()) {
      return Answer.statistics(queryId, response);
    } catch (InterruptedException e) {
      throw interrupted(e, queryId);
    } catch (Exception e) {
      throw errors.ofWrite(e, queryId);
    }
  }

  /** Sends rows into a table. */
  public QueryStatistics insert(
      Statement target, String format, Insert.Body body, String database, String queryId) {
    requireOpen();
    ClickHouseFormat driverFormat = driverFormat(format);
    InsertSettings settings = new InsertSettings().setQueryId(queryId).setDatabase(database);
    settings.serverSetting("wait_end_of_query", "1").serverSetting("async_insert", "0");
    target.settings().forEach(settings::serverSetting);
    BodyFailure failure = new BodyFailure();
    try (InsertResponse response =
        client
            .insert(target.sql(), out -> failure.watch(body, out), driverFormat, settings)
            .get()) {
      return new QueryStatistics(
          queryId,
          response.getReadRows(),
          response.getReadBytes(),
          response.getWrittenRows(),
          Duration.ofNanos(response.getServerTime()));
    } catch (InterruptedException e) {
      throw interrupted(e, queryId);
    } catch (Exception e) {
      throw failure.orElse(errors.ofWrite(e, queryId), queryId);
    }
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
  private static final class BodyFailure {
    private volatile @Nullable Exception ofBody;

    void watch(Insert.Body body, OutputStream out) throws IOException {
      WatchedOutput watched = new WatchedOutput(out);
      try {
        body.writeTo(watched);
      } catch (IOException | RuntimeException e) {
        if (!watched.failed) {
          ofBody = e;
        }
        throw e;
      }
    }

    ClickPyException orElse(ClickPyException other, String queryId) {
      Exception e = ofBody;
      if (e == null) {
        return other;
      }
      return e instanceof ClickPyException ours
          ? ours
          : new ClickPyException(
              ErrorCode.INVALID_DATA,
              "Cannot write the rows of an insert (%s).".formatted(e.getMessage()),
              e,
              false,
              queryId);
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
