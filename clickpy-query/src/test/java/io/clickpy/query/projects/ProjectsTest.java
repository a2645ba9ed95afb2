package io.clickpy.query.projects;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ProjectName;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.SkipIndex;
import io.clickpy.query.PypiStats;
import io.clickpy.query.internal.NormalName;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 100, GOLD",
    "2, 200, GOLD",
    "2, 199, SILVER",
    "10, 100, SILVER",
    "11, 100, BRONZE",
    "25, 100, BRONZE",
    "26, 100,",
    "1, 4, BRONZE",
    "1, 3,"
  })
  void aMedalIsForTheFirstOfAHundred(long rank, long projects, Medal medal) {
    assertThat(new ProjectRank("pandas", 1, rank, projects).medal())
        .isEqualTo(Optional.ofNullable(medal));
  }

  @Test
  void thePercentileIsThePartThatRanksAsHighOrHigher() {
    assertThat(new ProjectRank("pandas", 1, 1, 200).percentile()).isEqualTo(0.5);
    assertThat(new ProjectRank("pandas", 1, 200, 200).percentile()).isEqualTo(100);
  }

  @Test
  void anIndexOfOurSchemaIsOverTheNormalNameThatQuestionsUse() {
    assertThat(PypiSchema.ofDefaults().projects().skipIndexes())
        .extracting(SkipIndex::expression)
        .contains(NormalName.SQL);
  }

  @Test
  void namesAreAskedForInTheirNormalFormAndOnce() {
    assertThat(PypiStats.search(" Scikit_L ").parameters()).containsEntry("project", "scikit-l");
    assertThat(PypiStats.recentReleases("Zope.Interface", "zope_interface").parameters())
        .containsEntry("projects", List.of("zope-interface"));
    assertThat(PypiStats.compare("Pandas", "pandas", "polars").parameters())
        .containsEntry("project", List.of("pandas", "polars"))
        .containsEntry("top", 2);
    assertThat(PypiStats.rank(ProjectName.of("Pandas")).parameters())
        .isEqualTo(PypiStats.rank("pandas").parameters());
  }

  @Test
  void refinementsLeaveAQuestionAlone() {
    HotProjects hot = PypiStats.hotProjects();
    String before = hot.sql() + hot.parameters();

    assertThat(hot.months(3).minimum(9).top(2).excludingMirrors().parameters())
        .containsEntry("months", 3)
        .containsEntry("minimum", 9L)
        .containsEntry("top", 2);
    assertThat(hot.sql() + hot.parameters()).isEqualTo(before);
  }

  @Test
  void valuesOutOfRangeAreRefused() {
    isRefused(() -> PypiStats.topProjects().top(0), "Invalid number of projects: 0 (must be > 0)");
    isRefused(
        () -> PypiStats.search("pandas").limit(-1), "Invalid number of projects: -1 (must be > 0)");
    isRefused(
        () -> PypiStats.emergingProjects().firstSeenWithin(65_536),
        "Invalid number of days: 65536 (must be between 1 and 65535)");
    isRefused(
        () -> PypiStats.versionAdoption("pandas", "1").days(0),
        "Invalid number of days: 0 (must be between 1 and 65535)");
    isRefused(
        () -> PypiStats.hotProjects().months(0),
        "Invalid number of months: 0 (must be between 1 and 1200)");
    isRefused(
        () -> PypiStats.hotProjects().minimum(0), "Invalid number of downloads: 0 (must be > 0)");
    isRefused(
        () -> PypiStats.longUnreleasedProjects().months(-2),
        "Invalid number of months: -2 (must be between 1 and 1200)");
    isRefused(
        () -> PypiStats.recentReleasesOfTopProjects(0),
        "Invalid number of projects: 0 (must be > 0)");
    isRefused(
        () -> PypiStats.downloadQuantiles().levels(0.5, 0),
        "Invalid level: 0.0 (must be above 0 and at most 1)");
    isRefused(
        () -> PypiStats.downloadQuantiles().levels(Double.NaN),
        "Invalid level: NaN (must be above 0 and at most 1)");
    isRefused(() -> PypiStats.compare(List.of()), "Invalid number of categories: 0 (must be > 0)");
    isRefused(
        () -> PypiStats.topVersions("pandas").versions("2"),
        "Invalid version specifier: '2' (expected the end at character 1, found '2')."
            + " Write it as PEP 440 says, for example >=2,<3 or ==1.4.* or ~=2.1.");
  }

  private static void isRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
