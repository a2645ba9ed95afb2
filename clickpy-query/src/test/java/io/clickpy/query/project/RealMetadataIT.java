package io.clickpy.query.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Insert;
import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.packaging.PackageVersion;
import io.clickpy.query.PypiStats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real files of a few hundred projects; skipped where the data is not beside the checkout. */
class RealMetadataIT {
  private static ClickPy clickpy;

  @BeforeAll
  static void load() {
    Path file = sharedData().resolve("metadata/projects_real_sample.parquet");
    assumeTrue(Files.exists(file), "skipped: shared/data/metadata is not beside this checkout");
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    Insert.into("projects", "Parquet", out -> Files.copy(file, out)).execute(clickpy);
  }

  @AfterAll
  static void close() {
    if (clickpy != null) {
      TestServer.dropAndClose(clickpy);
    }
  }

  private static Path sharedData() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolve("shared/data"))) {
      at = at.getParent();
    }
    return (at == null ? Path.of("..") : at).resolve("shared/data");
  }

  @Test
  void everyProjectHasDetailsAndDependencies() {
    List<String> projects =
        Query.of("SELECT DISTINCT name FROM projects ORDER BY name", row -> row.string("name"))
            .fetch(clickpy);
    assertThat(projects).hasSizeGreaterThan(200);
    List<String> withoutDetails = new ArrayList<>();
    for (String project : projects) {
      PypiStats.projectDetails(project)
          .fetch(clickpy)
          .ifPresentOrElse(
              details -> {
                assertThat(ProjectName.of(details.name())).isEqualTo(ProjectName.of(project));
                assertThat(details.version()).isEqualTo(details.latestVersion());
                ReleaseDependencies dependencies =
                    PypiStats.dependencies(project).fetch(clickpy).orElseThrow();
                assertThat(dependencies.version()).isEqualTo(details.version());
                assertThat(dependencies.released()).isEqualTo(details.released());
              },
              () -> withoutDetails.add(project));
    }
    // Every project here has at least one release that PEP 440 knows.
    assertThat(withoutDetails).isEmpty();
  }

  @Test
  void theLatestReleaseIsTheGreatestVersionAndNotTheGreatestText() {
    for (String project : List.of("attrs", "cryptography", "Flask", "PyYAML")) {
      List<PackageVersion> versions =
          Query.of(
                  "SELECT DISTINCT version FROM projects WHERE lower(name) = {name:String}",
                  row -> row.string("version"))
              .bind("name", ProjectName.of(project).value())
              .fetch(clickpy)
              .stream()
              .flatMap(text -> PackageVersion.tryParse(text).stream())
              .filter(version -> !version.isPreRelease())
              .toList();
      if (!versions.isEmpty()) {
        assertThat(PypiStats.projectDetails(project).fetch(clickpy).orElseThrow().version())
            .isEqualTo(versions.stream().max(PackageVersion::compareTo).orElseThrow());
      }
    }
  }

  @Test
  void whoseHomePageIsAtGitHubHasItsRepositoryThere() {
    List<String> projects =
        Query.of(
                "SELECT DISTINCT name FROM projects"
                    + " WHERE match(home_page, '^https://github.com/[^/]+/[^/]+/?$')",
                row -> row.string("name"))
            .fetch(clickpy);
    assertThat(projects).hasSizeGreaterThan(10);
    for (String project : projects) {
      ReleaseMetadata metadata =
          PypiStats.projectDetails(project).fetch(clickpy).orElseThrow().metadata();
      if (metadata.homePage().filter(page -> page.getHost().equals("github.com")).isPresent()) {
        assertThat(metadata.repository()).isPresent();
      }
    }
  }

  @Test
  void whoDependsOnAProjectNamesItExactly() {
    ProjectDependents dependents = PypiStats.dependents("requests").top(1_000).fetch(clickpy);

    assertThat(dependents.dependents()).isNotEmpty();
    for (Dependent dependent : dependents.dependents()) {
      assertThat(dependent.requirements())
          .allSatisfy(requirement -> assertThat(requirement.name().value()).isEqualTo("requests"));
      assertThat(
              PypiStats.dependencies(dependent.project().value())
                  .fetch(clickpy)
                  .orElseThrow()
                  .dependencies())
          .extracting(Dependency::project)
          .contains(ProjectName.of("requests"));
    }
  }
}
