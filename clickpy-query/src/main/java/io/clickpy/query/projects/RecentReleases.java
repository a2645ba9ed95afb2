package io.clickpy.query.projects;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.ListQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.TableStatistics;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.NormalName;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.SqlText;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * How many versions of some projects were released in each of the last six months: this month, that
 * of the newest file of any project, and the five before it. By month, then by project; a month
 * without a release of a project has no row.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class RecentReleases implements ListQuery<MonthlyReleases> {
  private static final int DEFAULT_MONTHS = 6;

  private final PypiSchema schema;
  private final Function<Rendering, String> projects;
  private final int months;

  private RecentReleases(PypiSchema schema, Function<Rendering, String> projects, int months) {
    this.schema = schema;
    this.projects = projects;
    this.months = months;
  }

  /** Returns the question for given projects. */
  public static RecentReleases of(Collection<ProjectName> projects) {
    List<String> names = projects.stream().map(ProjectName::value).distinct().toList();
    return new RecentReleases(
        PypiSchema.ofDefaults(),
        rendering -> rendering.bind("projects", "Array(String)", names),
        DEFAULT_MONTHS);
  }

  /**
   * Returns the question for the most downloaded projects of all time.
   *
   * @param count how many; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public static RecentReleases ofTopProjects(int count) {
    int top = Limits.check("projects", count);
    return new RecentReleases(
        PypiSchema.ofDefaults(),
        rendering ->
            "(SELECT project FROM %s GROUP BY project ORDER BY sum(count) DESC, project LIMIT %s)"
                .formatted(
                    rendering.schema().rollup("pypi_downloads").name(),
                    rendering.bind("top", "UInt32", top)),
        DEFAULT_MONTHS);
  }

  /**
   * Returns this question for another number of months; by default 6.
   *
   * @param count how many, this one included; 1 to 1200
   * @throws IllegalArgumentException if it is out of range
   */
  public RecentReleases months(int count) {
    return new RecentReleases(schema, projects, Limits.months(count));
  }

  /** Returns this question for other tables than {@link PypiSchema#ofDefaults()}. */
  public RecentReleases schema(PypiSchema value) {
    return new RecentReleases(Objects.requireNonNull(value, "schema"), projects, months);
  }

  @Override
  public Plan plan() {
    double rows = TableStatistics.ofDefaults().rows(schema.projects());
    return new Plan(new Plan.Candidate(schema.projects(), Set.of(), (long) rows), List.of());
  }

  @Override
  public Query<MonthlyReleases> toQuery() {
    Rendering rendering = new Rendering(schema);
    String files = schema.projects().name();
    String sql =
        SqlText.with(
            List.of(
                SqlText.subquery(
                    "releases",
                    "SELECT %s AS project, version, min(upload_time) AS released"
                        .formatted(NormalName.SQL),
                    "FROM " + files,
                    "WHERE project IN " + projects.apply(rendering),
                    "GROUP BY project, version")),
            "SELECT project, toStartOfMonth(released) AS month, count() AS releases",
            "FROM releases",
            "WHERE month > (SELECT addMonths(toDate32(toStartOfMonth(max(upload_time))), -%s) FROM %s)"
                .formatted(rendering.bind("months", "UInt16", months), files),
            "GROUP BY project, month",
            "ORDER BY month, project");
    return rendering.bindTo(
        Query.of(
                sql,
                row ->
                    new MonthlyReleases(
                        row.string("project"),
                        YearMonth.from(row.date("month")),
                        row.longValue("releases")))
            .readingFrom(files));
  }
}
