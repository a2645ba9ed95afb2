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

/**
 * A stand-alone {@code clickhouse} program, run as a server that ends with this process's standard
 * input.
 */
final class ClickHouseProgram {

  private static final Pattern VERSION = Pattern.compile("\\d+(?:\\.\\d+)+");
  private static final int PORT_ATTEMPTS = 5;
  private static final long SECONDS_TO_STOP = 10;
  private static final int POLL_MILLIS = 50;

  private final Path program;
  private final Path work;

  ClickHouseProgram(Path program, Path work) {
    this.program = program;
    this.work = work;
  }

  /**
   * Serves with the configuration in the working directory until standard input ends.
   *
   * @return the exit code
   */
  int serve(int httpPort, int nativePort) throws IOException, InterruptedException {
    String version = version();
    for (int attempt = 1; ; attempt++) {
      int http = httpPort == 0 ? Ports.free() : httpPort;
      int tcp = nativePort == 0 ? Ports.free() : nativePort;
      Process server = start(http, tcp);
      if (awaitListening(server, http)) {
        EngineHost.tellReady(work, http, tcp, version, server.pid());
        return server.waitFor();
      }
      int status = server.waitFor();
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

  private Process start(int httpPort, int nativePort) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                program.toString(),
                "server",
                "--config-file=" + work.resolve(ServerConfig.FILE),
                "--",
                "--http_port=" + httpPort,
                "--tcp_port=" + nativePort)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    // Its own watchdog would be one process more to stop.
    builder.environment().put("CLICKHOUSE_WATCHDOG_ENABLE", "0");
    Process server = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::destroyForcibly));
    Thread guard = new Thread(() -> stopWhenOrphaned(server), "standard-input");
    guard.setDaemon(true);
    guard.start();
    return server;
  }

  private static void stopWhenOrphaned(Process server) {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said here; only the end matters.
      }
    } catch (IOException e) {
      // A broken pipe is an end too.
    }
    server.destroy();
    try {
      if (!server.waitFor(SECONDS_TO_STOP, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
    }
  }

  /** Waits, as long as the server lives, until it and no other answers on the port. */
  private boolean awaitListening(Process server, int httpPort)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + httpPort + "/");
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
