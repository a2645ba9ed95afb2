package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ProjectName;
import io.clickpy.query.GeneratedDatabase.Merges;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is put into a question, it finds what is called so and nothing else. */
class HostileInputIT {
  @RegisterExtension static final GeneratedDatabase DATABASE = GeneratedDatabase.of(Merges.DONE);

  static Stream<String> hostileValues() {
    return GeneratedDownloads.hostileValues();
  }

  private static ClickPy clickpy() {
    return DATABASE.clickpy();
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostileNameHasNoDownloads(String name) {
    Stream.of(
            EntryPoints.ofProject(name).values().stream(),
            EntryPoints.ofProject(name).values().stream().map(q -> q.lastDays(9)),
            Stream.of(
                PypiStats.rank(name),
                PypiStats.versionAdoption(name, "1.0"),
                PypiStats.downloadsByCountry(name).overTime(),
                PypiStats.recentReleases(name)))
        .<StatsQuery<?>>flatMap(questions -> questions)
        .forEach(HostileInputIT::findsNothing);
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostileFilterFindsNothing(String value) {
    // An empty value is what is unknown.
    String hostile = value.isEmpty() ? "'" : value;
    for (ProjectQuery<?, ?> question : EntryPoints.ofProject("pandas").values()) {
      findsNothing(question.version(hostile));
      findsNothing(question.country(hostile));
    }
    findsNothing(PypiStats.downloadsByPython("pandas").python(hostile));
    findsNothing(PypiStats.downloadsBySystem("pandas").system(hostile));
    findsNothing(PypiStats.fileTypesByInstaller("pandas").fileType(hostile).installer(hostile));
    findsNothing(PypiStats.versionAdoption("pandas", hostile));
    for (PeriodQuery<?, ?> question : EntryPoints.ofAllProjects("pandas").values()) {
      findsNothing(question.country(hostile));
    }
    for (FilteredQuery<?, ?> question : EntryPoints.ofTheirOwnDays("pandas", "1.0").values()) {
      findsNothing(question.country(hostile));
    }
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostilePrefixFindsWhatBeginsWithIt(String prefix) {
    String normal = ProjectName.of(prefix.strip()).value();

    assertThat(PypiStats.search(prefix).fetch(clickpy()))
        .allMatch(found -> found.project().startsWith(normal))
        .hasSize(normal.isEmpty() ? 10 : 0);
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostileSpecifierIsRefusedOrFindsItsVersionsAlone(String text) {
    List<String> specifiers = List.of(text, ">=" + text, "===" + text, "==1.0+" + text);
    for (String specifier : specifiers) {
      TopVersions question;
      try {
        question = PypiStats.topVersions("pandas").versions(specifier);
      } catch (IllegalArgumentException refused) {
        continue;
      }
      assertThat(question.fetch(clickpy()))
          .extracting(VersionDownloads::version)
          .isSubsetOf("1.0", "1.1", "2.0", "2.0rc1", "10.0");
    }
  }

  private static void findsNothing(StatsQuery<?> question) {
    assertThat(question.toQuery().fetch(clickpy())).as(question.sql()).isEmpty();
  }
}
