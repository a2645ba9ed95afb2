package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.RetryPolicy;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What tests of killed programs and engines have in common. */
final class Crash {
  private Crash() {}

  /**
   * Runs a program that migrates the database of a connection, until it kills itself at a point.
   */
  static void runUntilKilled(Class<?> program, ClickPy clickpy, int point) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                clickpy.config().endpoint().toString(),
                clickpy.database().value(),
                Integer.toString(point))
            .inheritIO()
            .start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isEqualTo(MigratingProgram.KILLED);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Connects to an engine that is to be killed: what fails then is not tried again. */
  static ClickPy connect(EmbeddedClickHouse server) {
    return ClickPy.connect(
        ClickPyConfig.builder(server.endpoint())
            .database("crash_test")
            .connectTimeout(Duration.ofSeconds(2))
            .retries(RetryPolicy.none())
            .build());
  }
}
