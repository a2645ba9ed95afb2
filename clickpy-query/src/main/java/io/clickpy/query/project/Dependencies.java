package io.clickpy.query.project;

import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.packaging.Requirement;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.SqlText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which projects the latest release of a project requires, or another release of it, and how often
 * they are downloaded. Requirements are read as PEP 508 writes them, with their markers and extras;
 * what is none is skipped and counted.
 *
 * <pre>{@code
 * import io.clickpy.query.project.*;
 *
 * PypiStats.dependencies("pandas")
 *     .withoutExtras()
 *     .lastDays(30)
 *     .fetch(clickpy)
 *     .ifPresent(release -> release.dependencies().forEach(System.out::println));
 * }</pre>
 */
public final class Dependencies
    extends ReleaseQuery<ReleaseRequirements, ReleaseDependencies, Dependencies> {
  private final DownloadsWindow window;
  private final Extras extras;

  private Dependencies(Wanted wanted, DownloadsWindow window, Extras extras) {
    super(wanted);
    this.window = window;
    this.extras = extras;
  }

  /**
   * Asks what the latest release of a project requires, with downloads of all time.
   *
   * @param project the project's name, in any spelling
   */
  public static Dependencies of(String project) {
    return new Dependencies(Wanted.latestOf(project), DownloadsWindow.allTime(), Extras.INCLUDED);
  }

  /** Returns this question without what only an extra asks for. */
  public Dependencies withoutExtras() {
    return new Dependencies(wanted(), window, Extras.LEFT_OUT);
  }

  /**
   * Returns this question with the downloads of given days.
   *
   * @param first the first day, in UTC
   * @param last the last day, included
   * @throws IllegalArgumentException if the last day is before the first
   */
  public Dependencies between(LocalDate first, LocalDate last) {
    return new Dependencies(wanted(), DownloadsWindow.between(first, last), extras);
  }

  /**
   * Returns this question with the downloads of the newest days, counted back from the newest day
   * on which anything was loaded.
   *
   * @param days how many, that day included; 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public Dependencies lastDays(int days) {
    return new Dependencies(wanted(), DownloadsWindow.lastDays(days), extras);
  }

  /** Returns this question with the downloads of every day that is loaded, which is the default. */
  public Dependencies allTime() {
    return new Dependencies(wanted(), DownloadsWindow.allTime(), extras);
  }

  @Override
  public Plan plan() {
    return window.plan(wanted().schema());
  }

  @Override
  public Query<ReleaseRequirements> toQuery() {
    Rendering rendering = new Rendering(wanted().schema());
    String files = wanted().schema().projects().name();
    String releases =
        SqlText.subquery(
            "releases",
            "SELECT version, min(upload_time) AS released, " + MetadataSql.REQUIREMENTS,
            "FROM " + files,
            "WHERE " + MetadataSql.isProject(wanted().project().value(), rendering),
            "GROUP BY version");
    String required =
        SqlText.subquery(
            "required",
            "SELECT DISTINCT " + MetadataSql.requiredBy("requirement") + " AS project",
            "FROM releases",
            "ARRAY JOIN requirements AS requirement");
    String sql =
        SqlText.with(
            List.of(releases, required, window.counted("required", rendering)),
            "SELECT",
            "  version,",
            "  released,",
            "  requirements,",
            "  arrayMap(",
            "    requirement -> (",
            "      SELECT mapFromArrays(groupArray(project), groupArray(downloads)) FROM counted",
            "    )[" + MetadataSql.requiredBy("requirement") + "],",
            "    requirements) AS downloads",
            "FROM releases",
            "ORDER BY version");
    return rendering.bindTo(
        Query.of(
                sql,
                row ->
                    new ReleaseRequirements(
                        row.string("version"),
                        row.instant("released"),
                        row.strings("requirements"),
                        row.longs("downloads")))
            .readingFrom(files));
  }

  @Override
  Dependencies with(Wanted changed) {
    return new Dependencies(changed, window, extras);
  }

  @Override
  String versionOf(ReleaseRequirements release) {
    return release.version();
  }

  @Override
  ReleaseDependencies answerOf(Chosen<ReleaseRequirements> chosen) {
    ReleaseRequirements release = chosen.release();
    Map<ProjectName, List<Requirement>> required = new LinkedHashMap<>();
    Map<ProjectName, Long> downloads = new LinkedHashMap<>();
    int skipped = 0;
    for (int i = 0; i < release.requirements().size(); i++) {
      Optional<Requirement> requirement = Requirement.tryParse(release.requirements().get(i));
      if (requirement.isEmpty()) {
        skipped++;
      } else if (extras.letIn(requirement.get())) {
        ProjectName project = requirement.get().name();
        required.computeIfAbsent(project, unused -> new ArrayList<>()).add(requirement.get());
        downloads.put(project, release.downloads().get(i));
      }
    }
    List<Dependency> dependencies =
        required.entrySet().stream()
            .map(
                entry ->
                    new Dependency(
                        entry.getKey(),
                        entry.getValue(),
                        downloads.getOrDefault(entry.getKey(), 0L)))
            .sorted(
                Comparator.comparingLong((Dependency dependency) -> -dependency.downloads())
                    .thenComparing(dependency -> dependency.project().value()))
            .toList();
    return new ReleaseDependencies(
        chosen.version(),
        chosen.latest(),
        release.released(),
        dependencies,
        chosen.skippedVersions(),
        skipped);
  }
}
