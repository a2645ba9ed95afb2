package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.clickpy.core.ClickPy;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A program that sleeps for longer than its lease lasts, as on a laptop that was closed. */
class SuspendedProgramIT {
  @RegisterExtension final TestDatabase database = new TestDatabase();

  @Test
  void programThatSleptTooLongFindsItsTurnLostAndChangesNothing() throws Exception {
    assumeFalse(
        System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows"),
        "Windows cannot suspend a process by a signal.");
    ClickPy clickpy = database.clickpy();
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                SuspendedProgram.class.getName(),
                clickpy.config().endpoint().toString(),
                clickpy.database().value())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output = program.inputReader()) {
      assertThat(output.readLine()).isEqualTo(SuspendedProgram.WAITING);
      signal(program, "-STOP");

      // Waits until the lease of the sleeper has expired, and takes over.
      MigrationReport report = SchemaMigrator.of(clickpy).migrate();
      signal(program, "-CONT");
      program.outputWriter().write("\n");
      program.outputWriter().flush();

      assertThat(report.wasCurrent()).isFalse();
      assertThat(output.readLine())
          .isEqualTo(
              "LEASE_LOST Cannot go on migrating: the lease could not be prolonged for 1 s, another program may have taken over. Call migrate() again; it goes on where the work stopped.");
      assertThat(program.waitFor()).isZero();
    } finally {
      program.destroyForcibly();
    }
    SchemaMigrator.of(clickpy).validate();
    assertThat(TestDatabase.definitions(clickpy).keySet())
        .noneMatch(name -> name.contains("_lock_"));
  }

  private static void signal(Process program, String signal)
      throws IOException, InterruptedException {
    Process kill =
        new ProcessBuilder("kill", signal, Long.toString(program.pid())).inheritIO().start();
    assertThat(kill.waitFor()).isZero();
  }
}
