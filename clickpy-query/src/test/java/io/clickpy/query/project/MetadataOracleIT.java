package io.clickpy.query.project;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingLong;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.packaging.PackageVersion;
import io.clickpy.core.packaging.Requirement;
import io.clickpy.query.Cases;
import io.clickpy.query.GeneratedDownloads;
import io.clickpy.query.PypiStats;
import io.clickpy.query.project.GeneratedFiles.ProjectFile;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The questions about metadata over random files of random projects give what Java finds in the
 * same files. {@code -Dclickpy.test.seed} repeats a run, {@code -Dclickpy.test.cases} makes it
 * longer.
 */
class MetadataOracleIT {
  private static final long SEED = Long.getLong("clickpy.test.seed", new Random().nextLong());
  private static final int CASES = Integer.getInteger("clickpy.test.cases", 300);
  private static final List<String> PROJECTS =
      List.of("NUM_PY", "num-py-extra", "zope-interface", "requests", "A", "b", "unknown");

  private static ClickPy clickpy;
  private static GeneratedFiles data;

  @BeforeAll
  static void load() throws Exception {
    System.out.println("MetadataOracleIT: seed " + SEED);
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    data = GeneratedFiles.of(new Random(SEED));
    data.load(clickpy);
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void everyAnswerIsWhatTheFilesTell() {
    Cases.run(
        CASES,
        number -> {
          Random random = new Random(SEED * 1_000_003 + number);
          String project = PROJECTS.get(random.nextInt(PROJECTS.size()));
          Days days = Days.of(random);
          try {
            switch (number % 3) {
              case 0 -> details(project, random);
              case 1 -> dependencies(project, days, random);
              default -> dependents(project, days, random);
            }
          } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                "Case %d of seed %d: %s, %s".formatted(number, SEED, project, days), e);
          }
        });
  }

  /** Days of downloads; both null for all time. */
  private record Days(LocalDate first, LocalDate last) {
    static Days of(Random random) {
      LocalDate first = GeneratedFiles.NEWEST.minusDays(random.nextInt(35));
      return switch (random.nextInt(3)) {
        case 0 -> new Days(LocalDate.MIN, LocalDate.MAX);
        case 1 -> new Days(first, LocalDate.MAX);
        default -> new Days(first, first.plusDays(random.nextInt(10)));
      };
    }

    boolean isAllTime() {
      return first.equals(LocalDate.MIN);
    }

    int lastDays() {
      return (int) (GeneratedFiles.NEWEST.toEpochDay() - first.toEpochDay()) + 1;
    }

    boolean areLastDays() {
      return last.equals(LocalDate.MAX);
    }

    long downloads(String project) {
      return data.downloads().stream()
          .filter(download -> download.project().equals(project))
          .filter(download -> !download.date().isBefore(first) && !download.date().isAfter(last))
          .count();
    }
  }

  private static void details(String project, Random random) {
    Map<String, List<ProjectFile>> releases = releases(GeneratedFiles.normal(project));
    boolean preReleases = random.nextBoolean();
    Optional<String> latest = latest(releases, preReleases);
    ProjectDetails question = PypiStats.projectDetails(project);
    Optional<ReleaseDetails> details =
        (preReleases ? question.includingPreReleases() : question).fetch(clickpy);

    assertThat(details.map(release -> release.version().text())).isEqualTo(latest);
    if (latest.isPresent()) {
      ReleaseDetails release = details.orElseThrow();
      List<ProjectFile> files = releases.get(latest.get());
      ProjectFile newest = files.get(files.size() - 1);
      assertThat(release.latestVersion()).isEqualTo(release.version());
      assertThat(release.name()).isEqualTo(newest.name());
      assertThat(release.metadata().summary()).contains(newest.summary());
      assertThat(release.released()).isEqualTo(files.get(0).uploadTime());
      assertThat(release.skippedVersions()).isEqualTo(unknown(releases));
    }
    List<PackageVersion> known =
        releases.keySet().stream().flatMap(text -> PackageVersion.tryParse(text).stream()).toList();
    if (!known.isEmpty()) {
      PackageVersion wanted = known.get(random.nextInt(known.size()));
      ReleaseDetails asked = question.version(wanted).fetch(clickpy).orElseThrow();
      assertThat(asked.version()).isEqualTo(wanted);
      assertThat(Optional.of(asked.latestVersion().text())).isEqualTo(latest(releases, false));
    }
    assertThat(question.version("77").fetch(clickpy)).isEmpty();
  }

  private static void dependencies(String project, Days days, Random random) {
    Map<String, List<ProjectFile>> releases = releases(GeneratedFiles.normal(project));
    Optional<String> latest = latest(releases, false);
    Dependencies question = PypiStats.dependencies(project);
    question =
        days.isAllTime()
            ? question.lastDays(1).allTime()
            : days.areLastDays()
                ? question.lastDays(days.lastDays())
                : question.between(days.first(), days.last());
    boolean withoutExtras = random.nextBoolean();
    Optional<ReleaseDependencies> answer =
        (withoutExtras ? question.withoutExtras() : question).fetch(clickpy);

    assertThat(answer.map(release -> release.version().text())).isEqualTo(latest);
    if (latest.isPresent()) {
      List<String> texts = requirements(releases.get(latest.get()));
      Map<String, List<Requirement>> expected = new TreeMap<>();
      parsed(texts, withoutExtras)
          .forEach(
              requirement ->
                  expected
                      .computeIfAbsent(requirement.name().value(), unused -> new ArrayList<>())
                      .add(requirement));
      assertThat(answer.orElseThrow().dependencies())
          .isEqualTo(
              expected.entrySet().stream()
                  .map(
                      entry ->
                          new Dependency(
                              ProjectName.of(entry.getKey()),
                              entry.getValue(),
                              days.downloads(entry.getKey())))
                  .sorted(comparingLong(dependency -> -dependency.downloads()))
                  .toList());
      assertThat(answer.orElseThrow().skippedRequirements())
          .isEqualTo(texts.size() - (int) parsed(texts, false).count());
      assertThat(answer.orElseThrow().skippedVersions()).isEqualTo(unknown(releases));
    }
  }

  private static void dependents(String project, Days days, Random random) {
    String wanted = GeneratedFiles.normal(project);
    boolean withoutExtras = random.nextBoolean();
    int top = 1 + random.nextInt(8);
    List<Dependent> expected = new ArrayList<>();
    for (String name : data.files().stream().map(ProjectFile::project).distinct().toList()) {
      Map<String, List<ProjectFile>> releases = releases(name);
      Optional<String> latest = latest(releases, false);
      if (latest.isPresent() && !name.equals(wanted)) {
        List<Requirement> naming =
            parsed(requirements(releases.get(latest.get())), withoutExtras)
                .filter(requirement -> requirement.name().value().equals(wanted))
                .toList();
        if (!naming.isEmpty()) {
          expected.add(
              new Dependent(
                  ProjectName.of(name),
                  PackageVersion.parse(latest.get()),
                  naming,
                  days.downloads(name)));
        }
      }
    }
    expected.sort(
        comparingLong((Dependent dependent) -> -dependent.downloads())
            .thenComparing(dependent -> dependent.project().value()));
    Dependents question = PypiStats.dependents(project).top(top);
    question =
        days.isAllTime()
            ? question.lastDays(1).allTime()
            : days.areLastDays()
                ? question.lastDays(days.lastDays())
                : question.between(days.first(), days.last());

    assertThat((withoutExtras ? question.withoutExtras() : question).fetch(clickpy).dependents())
        .isEqualTo(expected.subList(0, Math.min(top, expected.size())));
  }

  /** The files of each release, oldest first. */
  private static Map<String, List<ProjectFile>> releases(String project) {
    return data.files().stream()
        .filter(file -> file.project().equals(project))
        .sorted(comparing(ProjectFile::uploadTime).thenComparing(ProjectFile::filename))
        .collect(groupingBy(ProjectFile::version));
  }

  private static Optional<String> latest(
      Map<String, List<ProjectFile>> releases, boolean preReleases) {
    List<PackageVersion> known =
        releases.keySet().stream().flatMap(text -> PackageVersion.tryParse(text).stream()).toList();
    Predicate<PackageVersion> isFinal = version -> !version.isPreRelease();
    boolean all = preReleases || known.stream().noneMatch(isFinal);
    return known.stream()
        .filter(version -> all || isFinal.test(version))
        .max(comparing((PackageVersion version) -> version).thenComparing(PackageVersion::text))
        .map(PackageVersion::text);
  }

  private static int unknown(Map<String, List<ProjectFile>> releases) {
    return (int)
        releases.keySet().stream().filter(text -> PackageVersion.tryParse(text).isEmpty()).count();
  }

  private static List<String> requirements(List<ProjectFile> oldestFirst) {
    List<String> newest = List.of();
    for (ProjectFile file : oldestFirst) {
      newest = file.requirements().isEmpty() ? newest : file.requirements();
    }
    return newest;
  }

  private static Stream<Requirement> parsed(List<String> texts, boolean withoutExtras) {
    return texts.stream()
        .flatMap(text -> Requirement.tryParse(text).stream())
        .filter(requirement -> !withoutExtras || !requirement.isOptional());
  }

  static Stream<String> hostileValues() {
    return GeneratedDownloads.hostileValues();
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostileNameHasNoMetadata(String name) {
    assertThat(PypiStats.projectDetails(name).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.dependencies(name).lastDays(3).fetch(clickpy)).isEmpty();
    assertThat(PypiStats.dependents(name).fetch(clickpy).dependents()).isEmpty();
  }

  @Test
  void theFilesOfAProjectAreFoundByTheIndexOfItsName() {
    Query<Release> question = PypiStats.projectDetails("a").toQuery();

    assertThat(
            Query.of("EXPLAIN indexes = 1 " + question.sql(), row -> row.string("explain"))
                .bind("project", question.parameters().get("project"))
                .fetch(clickpy))
        .anySatisfy(line -> assertThat(line).contains("Name: normal_name"));
  }

  @Test
  void everyQuestionCanBeExplainedAndAskedInTheBackground() throws Exception {
    assertThat(PypiStats.projectDetails("a").explain(clickpy).plan().table().name())
        .isEqualTo("projects");
    assertThat(PypiStats.dependencies("a").explain(clickpy).statistics().rowsRead()).isPositive();
    assertThat(PypiStats.dependents("a").lastDays(3).explain(clickpy).plan().table().name())
        .isEqualTo("pypi_downloads_per_day");
    assertThat(PypiStats.dependents("a").fetchAsync(clickpy).get())
        .isEqualTo(PypiStats.dependents("a").fetch(clickpy));
    assertThat(PypiStats.projectDetails("a").fetchAsync(clickpy).get())
        .isEqualTo(PypiStats.projectDetails("a").fetch(clickpy));
  }
}
