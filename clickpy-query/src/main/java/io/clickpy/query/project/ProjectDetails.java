package io.clickpy.query.project;

import io.clickpy.core.Query;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.SqlText;
import java.util.ArrayList;
import java.util.List;

/**
 * What a project says about itself: the metadata of its latest release, or of another one.
 *
 * <pre>{@code
 * import io.clickpy.query.project.*;
 *
 * PypiStats.projectDetails("pandas")
 *     .fetch(clickpy)
 *     .ifPresent(
 *         details ->
 *             System.out.println(details.version() + " " + details.metadata().repository()));
 * }</pre>
 */
public final class ProjectDetails extends ReleaseQuery<Release, ReleaseDetails, ProjectDetails> {

  private ProjectDetails(Wanted wanted) {
    super(wanted);
  }

  /**
   * Asks for the latest release of a project.
   *
   * @param project the project's name, in any spelling
   */
  public static ProjectDetails of(String project) {
    return new ProjectDetails(Wanted.latestOf(project));
  }

  @Override
  public Plan plan() {
    return MetadataSql.planOfOneProject(wanted().schema());
  }

  @Override
  public Query<Release> toQuery() {
    Rendering rendering = new Rendering(wanted().schema());
    String files = wanted().schema().projects().name();
    List<String> columns = new ArrayList<>(List.of("name", "version"));
    columns.addAll(MetadataReader.COLUMNS);
    columns.add("min(upload_time) OVER (PARTITION BY version) AS released");
    String sql =
        String.join(
            "\n",
            SqlText.select(columns),
            "FROM " + files,
            "WHERE " + MetadataSql.isProject(wanted().project().value(), rendering),
            "ORDER BY version, upload_time DESC, filename DESC",
            "LIMIT 1 BY version");
    return rendering.bindTo(
        Query.of(
                sql,
                row ->
                    new Release(
                        row.string("name"),
                        row.string("version"),
                        row.instant("released"),
                        MetadataReader.read(row)))
            .readingFrom(files));
  }

  @Override
  ProjectDetails with(Wanted changed) {
    return new ProjectDetails(changed);
  }

  @Override
  String versionOf(Release release) {
    return release.version();
  }

  @Override
  ReleaseDetails answerOf(Chosen<Release> chosen) {
    return new ReleaseDetails(
        chosen.release().name(),
        chosen.version(),
        chosen.latest(),
        chosen.release().released(),
        chosen.release().metadata(),
        chosen.skippedVersions());
  }
}
