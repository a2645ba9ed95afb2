package io.clickpy.ingest;

import io.clickpy.core.ClickPy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Programs of tests in a JVM of their own, so that they can be killed. */
final class ChildProgram {
  private ChildProgram() {}

  /**
   * Starts a program on the database of a connection.
   *
   * @param arguments behind the server's URL and the database's name
   */
  static Process start(Class<?> program, ClickPy clickpy, String... arguments) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            program.getName(),
            clickpy.config().endpoint().toString(),
            clickpy.database().value());
    return new ProcessBuilder(Stream.concat(command.stream(), Stream.of(arguments)).toList())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
