package io.clickpy.benchmarks.races;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.benchmarks.race.Report;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every race for a moment, so that none rots; its figures mean nothing. */
@Tag("slow")
class RacesIT {
  @TempDir private Path directory;

  static Iterable<String> names() {
    return Races.PROGRAMS.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void everyRaceRunsAndWritesItsResults(String name) throws Exception {
    RaceProgram race = Races.PROGRAMS.get(name);

    Report report =
        race.run(new RaceSettings(20_000, 1, 2, directory.resolve("input"), line -> {}));
    report.writeTo(directory);

    assertThat(report.name()).isEqualTo(name);
    assertThat(report.races()).isNotEmpty();
    assertThat(Files.readString(directory.resolve(name + ".md"))).contains(report.title());
    assertThat(Files.readString(directory.resolve(name + ".json"))).contains("\"loadBefore\"");
    byte[] svg = Files.readAllBytes(directory.resolve(name + ".svg"));
    assertThat(
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg))
                .getElementsByTagName("rect")
                .getLength())
        .isGreaterThan(report.races().size());
  }
}
