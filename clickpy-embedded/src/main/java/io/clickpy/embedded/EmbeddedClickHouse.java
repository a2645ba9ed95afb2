package io.clickpy.embedded;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real ClickHouse server as a child process of this program, for examples and tests.
 *
 * <pre>{@code
 * try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
 *   URI endpoint = server.endpoint(); // http://127.0.0.1:PORT, user default, no password
 * }
 * }</pre>
 *
 * <p>It listens on the loopback interface only. The engine is the first of these:
 *
 * <ol>
 *   <li>the one that the {@linkplain Builder#engine(Path) builder} names;
 *   <li>a {@code clickhouse} program: the system property {@code clickpy.clickhouse}, the
 *       environment variable {@code CLICKPY_CLICKHOUSE}, the {@code PATH};
 *   <li>a {@code libchdb} library, which is ClickHouse as a shared library: the system property
 *       {@code clickpy.libchdb}, the environment variable {@code CLICKPY_LIBCHDB};
 *   <li>the library in the cache: {@code ~/.cache/clickpy} or {@code $XDG_CACHE_HOME/clickpy}, or
 *       the directory that the system property {@code clickpy.cache} or the environment variable
 *       {@code CLICKPY_CACHE} names;
 *   <li>the library fetched once by {@code npm} into the cache (about 180 MB; Linux and macOS, x64
 *       and arm64).
 * </ol>
 *
 * <p>The server ends with {@link #close()}, at the latest when this program ends, be it killed. Its
 * log goes to the slf4j logger {@code io.clickpy.embedded.engine}, at level debug.
 *
 * <p>Whoever starts a server closes it. Instances are safe for use by many threads.
 */
public final class EmbeddedClickHouse implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedClickHouse.class);

  private final EngineProcess process;
  private final EngineProcess.Ready ready;
  private final Path work;
  private final Path data;
  private final Thread hook;
  private boolean closed;

  private EmbeddedClickHouse(
      EngineProcess process, EngineProcess.Ready ready, Path work, Path data) {
    this.process = process;
    this.ready = ready;
    this.work = work;
    this.data = data;
    this.hook = new Thread(this::stop, "clickpy-embedded-close-" + ready.pid());
  }

  static EmbeddedClickHouse of(
      EngineProcess process, EngineProcess.Ready ready, Path work, Path data) {
    EmbeddedClickHouse server = new EmbeddedClickHouse(process, ready, work, data);
    Runtime.getRuntime().addShutdownHook(server.hook);
    return server;
  }

  /**
   * Starts a server on free ports with an empty temporary data directory.
   *
   * @return the server, which answers already
   * @throws EngineException if there is no engine, or if it does not start
   */
  public static EmbeddedClickHouse start() {
    return builder().start();
  }

  /**
   * Prepares a server.
   *
   * @return a builder with the defaults of {@link #start()}
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The address of the HTTP interface.
   *
   * @return {@code http://127.0.0.1:PORT}
   */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + ready.httpPort());
  }

  /**
   * The port of the native protocol on {@code 127.0.0.1}.
   *
   * @return the port
   */
  public int nativePort() {
    return ready.nativePort();
  }

  /**
   * Where the server keeps its data.
   *
   * @return the absolute path; a temporary directory unless the builder named one
   */
  public Path dataDirectory() {
    return data;
  }

  /**
   * The version of the engine, such as {@code 26.7.2.1}.
   *
   * @return the version
   */
  public String engineVersion() {
    return ready.version();
  }

  /**
   * The operating system's process that runs the engine, for instance to kill it in a test of what
   * happens then.
   *
   * @return the process
   */
  public ProcessHandle process() {
    return process.engine();
  }

  /**
   * Stops the server and waits until it has ended. A temporary data directory is deleted; one that
   * the builder named stays, to be started upon again. Closing twice does nothing.
   */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending: the hook and this call wait for each other in stop().
    }
    stop();
  }

  private synchronized void stop() {
    if (closed) {
      return;
    }
    closed = true;
    process.stop();
    deleteWork(work);
    LOG.debug("Stopped ClickHouse at {}", endpoint());
  }

  static void deleteWork(Path work) {
    try {
      Directories.delete(work);
    } catch (IOException e) {
      LOG.warn("Cannot delete the temporary directory {}", work, e);
    }
  }

  /** Prepares a server; every setting is optional. Not safe for use by many threads. */
  public static final class Builder {

    private static final Pattern SETTING =
        Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:\\.[A-Za-z_][A-Za-z0-9_]*)*");

    /** Settings that this class decides. */
    private static final Set<String> OWN_SETTINGS =
        Set.of(
            "path",
            "tmp_path",
            "listen_host",
            "http_port",
            "tcp_port",
            "http_server_default_response",
            "users_config",
            "remote_servers",
            "max_server_memory_usage");

    private Optional<Path> engine = Optional.empty();
    private Optional<Path> dataDirectory = Optional.empty();
    private int httpPort;
    private int nativePort;
    private Duration startTimeout = Duration.ofSeconds(60);
    private OptionalLong memoryLimit = OptionalLong.empty();
    private Optional<Path> usersFile = Optional.empty();
    private final List<Cluster> clusters = new ArrayList<>();
    private final Map<String, String> settings = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Names the engine instead of looking for one.
     *
     * @param path a {@code clickhouse} program, or a {@code libchdb} library if the file's name
     *     starts so
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder engine(Path path) {
      engine = Optional.of(path.toAbsolutePath());
      return this;
    }

    /**
     * Keeps the data in a directory of the caller, who may start on it again. It is created if
     * absent and never deleted.
     *
     * @param directory where no other server runs; by default a temporary directory, deleted on
     *     close
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder dataDirectory(Path directory) {
      dataDirectory = Optional.of(directory.toAbsolutePath().normalize());
      return this;
    }

    /**
     * Fixes the HTTP port.
     *
     * @param port 1 to 65535; by default the system chooses a free one
     * @return this builder
     * @throws IllegalArgumentException if the port is out of range
     */
    @CanIgnoreReturnValue
    public Builder httpPort(int port) {
      httpPort = Ports.requireValid("HTTP port", port);
      return this;
    }

    /**
     * Fixes the port of the native protocol.
     *
     * @param port 1 to 65535; by default the system chooses a free one
     * @return this builder
     * @throws IllegalArgumentException if the port is out of range
     */
    @CanIgnoreReturnValue
    public Builder nativePort(int port) {
      nativePort = Ports.requireValid("native port", port);
      return this;
    }

    /**
     * Limits how long the engine may take from its start to its first answer. Fetching an engine is
     * not counted.
     *
     * @param timeout more than zero; by default 60 seconds
     * @return this builder
     * @throws IllegalArgumentException if the timeout is zero or negative
     */
    @CanIgnoreReturnValue
    public Builder startTimeout(Duration timeout) {
      if (timeout.isZero() || timeout.isNegative()) {
        throw new IllegalArgumentException(
            "Invalid start timeout: " + timeout + " (must be more than zero).");
      }
      startTimeout = timeout;
      return this;
    }

    /**
     * Limits the server's memory: a query that would need more fails. It is ClickHouse's {@code
     * max_server_memory_usage}.
     *
     * @param bytes more than zero; by default most of the machine's memory
     * @return this builder
     * @throws IllegalArgumentException if the limit is zero or negative
     */
    @CanIgnoreReturnValue
    public Builder memoryLimit(long bytes) {
      if (bytes <= 0) {
        throw new IllegalArgumentException(
            "Invalid memory limit: " + bytes + " (must be more than zero bytes).");
      }
      memoryLimit = OptionalLong.of(bytes);
      return this;
    }

    /**
     * Adds a server setting as ClickHouse's configuration file knows it, such as {@code
     * merge_tree.parts_to_throw_insert}.
     *
     * @param name the setting's name; dots separate the levels of the file
     * @param value its value
     * @return this builder
     * @throws IllegalArgumentException if the name is no such name, or if this builder decides it
     */
    @CanIgnoreReturnValue
    public Builder setting(String name, String value) {
      if (!SETTING.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "Invalid server setting: '"
                + name
                + "' (must be words of letters, digits and underscores, joined by dots).");
      }
      if (OWN_SETTINGS.contains(name.split("\\.", 2)[0])) {
        throw new IllegalArgumentException(
            "Invalid server setting: "
                + name
                + " (the builder decides it). Use the builder's method.");
      }
      settings.put(name, Objects.requireNonNull(value, "value"));
      return this;
    }

    /**
     * Gives the server its users. The file must keep a user {@code default} without a password, as
     * which the engine starts itself.
     *
     * @param file ClickHouse's {@code users.xml}; by default there is the user {@code default}
     *     without a password
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder usersFile(Path file) {
      usersFile = Optional.of(file.toAbsolutePath());
      return this;
    }

    /**
     * Adds a cluster that the server knows.
     *
     * @param cluster its name and shards
     * @return this builder
     */
    @CanIgnoreReturnValue
    public Builder cluster(Cluster cluster) {
      clusters.add(Objects.requireNonNull(cluster, "cluster"));
      return this;
    }

    /**
     * Starts the server and waits until it answers.
     *
     * @return the server
     * @throws EngineException if there is no engine, or if it does not start in time, or if a port,
     *     the data directory or the users file cannot be used
     */
    public EmbeddedClickHouse start() {
      Engine found = EngineLocator.ofThisMachine().locate(engine);
      return new Startup(
              new ServerSettings(
                  found,
                  dataDirectory,
                  httpPort,
                  nativePort,
                  memoryLimit,
                  usersFile,
                  List.copyOf(clusters),
                  Map.copyOf(settings)),
              startTimeout)
          .run();
    }
  }
}
