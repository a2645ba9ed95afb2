package io.clickpy.core;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.clickpy.core.internal.EndpointUri;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@link ClickPy#connect(ClickPyConfig)} needs to know.
 *
 * <p>Immutable and thread-safe.
 *
 * <pre>{@code
 * ClickPyConfig config = ClickPyConfig.builder("https://clickhouse.example:8443")
 *     .credentials(new Credentials("analytics", System.getenv("SECRET")))
 *     .limits(QueryLimits.ofDefaults().withMaxRowsToRead(1_000_000_000L))
 *     .build();
 * }</pre>
 */
public final class ClickPyConfig {
  /** The database of ClickPy, and ours. */
  public static final String DEFAULT_DATABASE = "pypi";

  private final URI endpoint;
  private final Credentials credentials;
  private final DatabaseName database;
  private final Duration connectTimeout;
  private final Duration socketTimeout;
  private final int maxConnections;
  private final Compression compression;
  private final QueryLimits limits;
  private final RetryPolicy retries;
  private final @Nullable SSLContext sslContext;
  private final List<QueryListener> listeners;

  private ClickPyConfig(Builder builder) {
    endpoint = builder.endpoint;
    credentials = builder.credentials;
    database = builder.database;
    connectTimeout = builder.connectTimeout;
    socketTimeout = builder.socketTimeout;
    maxConnections = builder.maxConnections;
    compression = builder.compression;
    limits = builder.limits;
    retries = builder.retries;
    sslContext = builder.sslContext;
    listeners = List.copyOf(builder.listeners);
  }

  /**
   * Starts from an endpoint, all else being default.
   *
   * @param endpoint {@code http://host:port} or {@code https://host:port}, with {@code
   *     user:password@} before the host and {@code /database} behind the port if wanted; the port
   *     defaults to 8123, or 8443 with TLS
   * @throws IllegalArgumentException if it is none of these
   */
  public static Builder builder(String endpoint) {
    return new Builder(EndpointUri.parse(endpoint));
  }

  /**
   * Starts from an endpoint, all else being default.
   *
   * @param endpoint as in {@link #builder(String)}
   * @throws IllegalArgumentException if it is no such URI
   */
  public static Builder builder(URI endpoint) {
    return builder(endpoint.toString());
  }

  /**
   * Reads {@code CLICKPY_URL} and, where set, {@code CLICKPY_USER}, {@code CLICKPY_PASSWORD} and
   * {@code CLICKPY_DATABASE}.
   *
   * @param environment for example {@link System#getenv()}
   * @throws IllegalArgumentException if {@code CLICKPY_URL} is not set, or a value is invalid
   */
  public static ClickPyConfig fromEnvironment(Map<String, String> environment) {
    String url = environment.get("CLICKPY_URL");
    if (url == null || url.isBlank()) {
      throw new IllegalArgumentException(
          "Cannot connect: CLICKPY_URL is not set. Set it to the server's endpoint, for example"
              + " http://localhost:8123.");
    }
    Builder builder = builder(url);
    Credentials given = builder.credentials;
    builder.credentials(
        new Credentials(
            value(environment, "CLICKPY_USER").orElse(given.user()),
            value(environment, "CLICKPY_PASSWORD").orElse(given.password())));
    value(environment, "CLICKPY_DATABASE").ifPresent(builder::database);
    return builder.build();
  }

  /** An empty variable counts as none: that is how compose files pass on what is not set. */
  private static Optional<String> value(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /** Returns the server's scheme, host and port; never with a password. */
  public URI endpoint() {
    return endpoint;
  }

  /** Returns who connects; by default {@link Credentials#ofDefaults()}. */
  public Credentials credentials() {
    return credentials;
  }

  /** Returns the database that holds the tables; by default {@value #DEFAULT_DATABASE}. */
  public DatabaseName database() {
    return database;
  }

  /** Returns how long to wait for a connection; by default 10 seconds. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /**
   * Returns how long the server may be silent; by default five minutes. A query waits longer if it
   * may run longer; commands and inserts wait without limit.
   */
  public Duration socketTimeout() {
    return socketTimeout;
  }

  /** Returns how many connections may be open at once; by default 32. More callers wait. */
  public int maxConnections() {
    return maxConnections;
  }

  /** Returns how answers travel; by default {@link Compression#NONE}. */
  public Compression compression() {
    return compression;
  }

  /** Returns what one query may cost; by default {@link QueryLimits#ofDefaults()}. */
  public QueryLimits limits() {
    return limits;
  }

  /** Returns how calls are repeated; by default {@link RetryPolicy#ofDefaults()}. */
  public RetryPolicy retries() {
    return retries;
  }

  /** Returns the TLS context; empty for the platform's own. */
  public Optional<SSLContext> sslContext() {
    return Optional.ofNullable(sslContext);
  }

  /** Returns who hears of every query; by default nobody. */
  public List<QueryListener> listeners() {
    return listeners;
  }

  @Override
  public String toString() {
    return "ClickPyConfig[endpoint=%s, database=%s, credentials=%s]"
        .formatted(endpoint, database, credentials);
  }

  /** Collects settings; not thread-safe. */
  public static final class Builder {
    private final URI endpoint;
    private Credentials credentials;
    private DatabaseName database;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration socketTimeout = Duration.ofMinutes(5);
    private int maxConnections = 32;
    private Compression compression = Compression.NONE;
    private QueryLimits limits = QueryLimits.ofDefaults();
    private RetryPolicy retries = RetryPolicy.ofDefaults();
    private @Nullable SSLContext sslContext;
    private final List<QueryListener> listeners = new ArrayList<>();

    private Builder(EndpointUri uri) {
      endpoint = uri.endpoint();
      credentials = uri.credentials().orElseGet(Credentials::ofDefaults);
      database = DatabaseName.of(uri.database().orElse(DEFAULT_DATABASE));
    }

    /** Sets who connects; replaces what the URI says. */
    @CanIgnoreReturnValue
    public Builder credentials(Credentials value) {
      credentials = Objects.requireNonNull(value, "credentials");
      return this;
    }

    /**
     * Sets the database; replaces what the URI says.
     *
     * @throws IllegalArgumentException as {@link DatabaseName#of(String)}
     */
    @CanIgnoreReturnValue
    public Builder database(String value) {
      database = DatabaseName.of(value);
      return this;
    }

    /** Sets how long to wait for a connection; more than zero. */
    @CanIgnoreReturnValue
    public Builder connectTimeout(Duration value) {
      connectTimeout = positive("connectTimeout", value);
      return this;
    }

    /** Sets how long the server may be silent before the connection counts as broken. */
    @CanIgnoreReturnValue
    public Builder socketTimeout(Duration value) {
      socketTimeout = positive("socketTimeout", value);
      return this;
    }

    /** Sets how many connections may be open at once; at least 1. */
    @CanIgnoreReturnValue
    public Builder maxConnections(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("Invalid maxConnections: " + value + " (must be > 0)");
      }
      maxConnections = value;
      return this;
    }

    /** Sets how answers travel. */
    @CanIgnoreReturnValue
    public Builder compression(Compression value) {
      compression = Objects.requireNonNull(value, "compression");
      return this;
    }

    /** Sets what one query may cost. */
    @CanIgnoreReturnValue
    public Builder limits(QueryLimits value) {
      limits = Objects.requireNonNull(value, "limits");
      return this;
    }

    /** Sets how calls are repeated. */
    @CanIgnoreReturnValue
    public Builder retries(RetryPolicy value) {
      retries = Objects.requireNonNull(value, "retries");
      return this;
    }

    /** Sets the TLS context, for a private certificate authority or a client certificate. */
    @CanIgnoreReturnValue
    public Builder sslContext(SSLContext value) {
      sslContext = Objects.requireNonNull(value, "sslContext");
      return this;
    }

    /** Adds one who hears of every query, command and insert, after those added before. */
    @CanIgnoreReturnValue
    public Builder listener(QueryListener value) {
      listeners.add(Objects.requireNonNull(value, "listener"));
      return this;
    }

    /** Returns the configuration. */
    public ClickPyConfig build() {
      return new ClickPyConfig(this);
    }

    private static Duration positive(String name, Duration value) {
      if (value.toMillis() < 1) {
        throw new IllegalArgumentException("Invalid %s: %s (must be > 0)".formatted(name, value));
      }
      return value;
    }
  }
}
