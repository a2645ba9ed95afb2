package io.clickpy.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A stand-alone {@code clickhouse} program, run as a server. */
final class ClickHouseProgram implements EngineHost.Hosted {

  private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)+");
  private static final int PORT_ATTEMPTS = 5;
  private static final long SECONDS_TO_STOP = 5;
  private static final int POLL_MILLIS = 50;

  private final Path program;
  private final Path work;
  private final int httpPort;
  private final int nativePort;
  private @Nullable Process server;
  private boolean stopped;

  ClickHouseProgram(Path program, Path work, int httpPort, int nativePort) {
    this.program = program;
    this.work = work;
    this.httpPort = httpPort;
    this.nativePort = nativePort;
  }

  @Override
  public int serve() throws IOException, InterruptedException {
    String version = version();
    for (int attempt = 1; ; attempt++) {
      int http = httpPort == 0 ? Ports.free() : httpPort;
      int tcp = nativePort == 0 ? Ports.free() : nativePort;
      Process attempted = start(http, tcp);
      if (awaitListening(attempted, http)) {
        EngineHost.tellReady(work, http, tcp, version, attempted.pid());
        return attempted.waitFor();
      }
      int status = attempted.waitFor();
      boolean portTaken =
          (httpPort == 0 && !Ports.isFree(http)) || (nativePort == 0 && !Ports.isFree(tcp));
      if (!portTaken || attempt == PORT_ATTEMPTS) {
        return status == 0 ? 1 : status;
      }
    }
  }

  private String version() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(program.toString(), "server", "--version")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    process.waitFor();
    Matcher matcher = VERSION.matcher(answer);
    if (!matcher.find()) {
      throw new IOException(program + " server --version told no version: '" + answer + "'");
    }
    return matcher.group();
  }

  private Process start(int http, int tcp) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
                "server",
                "--config-file=" + work.resolve(ServerConfig.FILE),
                "--",
                "--http_port=" + http,
                "--tcp_port=" + tcp)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // Its own watchdog would be one process more to stop.
    builder.environment().put("CLICKHOUSE_WATCHDOG_ENABLE", "0");
    synchronized (this) {
      if (stopped) {
        throw new IOException("stopped before it started");
      }
      Process started = builder.start();
      server = started;
      // For a signal to this process.
      Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
      return started;
    }
  }

  @Override
  public void stop() throws InterruptedException {
    Process running;
    synchronized (this) {
      stopped = true;
      running = server;
    }
    if (running == null) {
      return;
    }
    running.destroy();
    if (!running.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
      running.destroyForcibly().waitFor();
    }
  }

  /** Waits, as long as the server lives, until it and no other answers on the port. */
  private boolean awaitListening(Process server, int port)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port + "/");
    while (server.isAlive()) {
      if (answer(uri).equals(ServerConfig.greeting(work))) {
        return true;
      }
      server.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
    return false;
  }

  private static String answer(URI uri) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(1000);
    connection.setReadTimeout(1000);
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "";
    } finally {
      connection.disconnect();
    }
  }
}
