package io.clickpy.benchmarks.races;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program in a Java virtual machine of its own, for what a warm one would hide. */
final class ChildJvm {
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

  private ChildJvm() {}

  /**
   * Runs a program and returns what it printed.
   *
   * @throws IOException if it fails, with what it printed
   */
  static String run(List<String> options, Class<?> program, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(JAVA.toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("%s failed: %s".formatted(program.getSimpleName(), printed));
    }
    return printed;
  }
}
