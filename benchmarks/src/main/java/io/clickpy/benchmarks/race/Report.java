package io.clickpy.benchmarks.race;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a program of races found.
 *
 * @param name of the program; the files are called so
 * @param title what it was about, with the sizes
 * @param environment where and when
 * @param races what was measured in turns
 * @param figures what was counted
 */
public record Report(
    String name,
    String title,
    Environment environment,
    List<RaceResult> races,
    List<Figures> figures) {

  /** Copies the lists. */
  public Report {
    races = List.copyOf(races);
    figures = List.copyOf(figures);
  }

  /** Returns all tables as Markdown. */
  public String markdown() {
    return Stream.concat(races.stream().map(RaceResult::table), figures.stream())
        .map(Figures::markdown)
        .collect(Collectors.joining("\n", "## " + title + "\n\n", "\n" + environment.markdown()));
  }

  /**
   * Writes {@code name.md}, {@code name.json} and, if there was a race, {@code name.svg}.
   *
   * @param directory is created if it does not exist
   */
  public void writeTo(Path directory) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(name + ".md"), markdown());
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(directory.resolve(name + ".json"), json.writeValueAsString(this) + "\n");
    if (!races.isEmpty()) {
      Files.writeString(directory.resolve(name + ".svg"), new BarPlot(races).svg());
    }
  }
}
