package io.clickpy.query.projects;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.ListQuery;
import io.clickpy.query.PeriodQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.NormalName;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.List;
import java.util.Set;

/**
 * The most downloaded of the projects that have had no new file for six months, most downloaded
 * first; equals by their name. The months are counted back from the newest file of any project.
 *
 * <p>Immutable and thread-safe.
 */
public final class LongUnreleasedProjects
    extends PeriodQuery<LongUnreleasedProject, LongUnreleasedProjects>
    implements ListQuery<LongUnreleasedProject> {
  private static final int DEFAULT_MONTHS = 6;
  private static final int DEFAULT_TOP = 10;

  private final int months;
  private final int top;

  private LongUnreleasedProjects(Scope scope, int months, int top) {
    super(scope);
    this.months = months;
    this.top = top;
  }

  /** Returns the question for the downloads of all time; refine it. */
  public static LongUnreleasedProjects query() {
    return new LongUnreleasedProjects(Scope.ofEverything(), DEFAULT_MONTHS, DEFAULT_TOP);
  }

  /**
   * Returns this question for another number of months without a new file; by default 6.
   *
   * @param count how many; 1 to 1200
   * @throws IllegalArgumentException if it is out of range
   */
  public LongUnreleasedProjects months(int count) {
    return new LongUnreleasedProjects(scope(), Limits.months(count), top);
  }

  /**
   * Returns this question with another number of projects; by default 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public LongUnreleasedProjects top(int count) {
    return new LongUnreleasedProjects(scope(), months, Limits.check("projects", count));
  }

  @Override
  protected LongUnreleasedProjects with(Scope changed) {
    return new LongUnreleasedProjects(changed, months, top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Query<LongUnreleasedProject> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String files = rendering.schema().projects().name();
    // First by the sorted column, then by the few names that differ in spelling.
    String spellings =
        SqlText.subquery(
            "spellings",
            "SELECT name, max(upload_time) AS newest",
            "FROM " + files,
            "GROUP BY name");
    String unreleased =
        SqlText.subquery(
            "unreleased",
            "SELECT %s AS project, max(newest) AS last_upload".formatted(NormalName.SQL),
            "FROM spellings",
            "GROUP BY project",
            "HAVING last_upload < (SELECT addMonths(max(upload_time), -%s) FROM %s)"
                .formatted(rendering.bind("months", "UInt16", months), files));
    return new MostDownloadedAmong(List.of(spellings, unreleased), "unreleased", "last_upload")
        .query(
            source,
            top,
            rendering,
            row ->
                new LongUnreleasedProject(
                    row.string(Dimension.PROJECT.column()),
                    row.instant("last_upload"),
                    row.longValue(Source.DOWNLOADS)));
  }
}
