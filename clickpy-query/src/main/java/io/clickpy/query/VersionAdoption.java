package io.clickpy.query;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.List;
import java.util.Set;

/**
 * How a version of a project was taken up: its downloads and those of the whole project on each day
 * from the first on which it was downloaded, as far as days are loaded. None if it never was. Days
 * without downloads have a row too.
 *
 * <p>Immutable and thread-safe. The filters hold for the version and for the project.
 */
public final class VersionAdoption extends FilteredQuery<AdoptionDay, VersionAdoption>
    implements ListQuery<AdoptionDay> {
  private static final int DEFAULT_DAYS = 30;

  private final Condition.Equal version;
  private final int days;

  VersionAdoption(Scope project, String version) {
    this(project, new Condition.Equal(Dimension.VERSION, version), DEFAULT_DAYS);
  }

  private VersionAdoption(Scope scope, Condition.Equal version, int days) {
    super(scope);
    this.version = version;
    this.days = days;
  }

  /**
   * Returns this question for another number of days; by default 30.
   *
   * @param count how many at most; 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public VersionAdoption days(int count) {
    return new VersionAdoption(scope(), version, Limits.days(count));
  }

  @Override
  protected VersionAdoption with(Scope changed) {
    return new VersionAdoption(changed, version, days);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.VERSION, Dimension.DATE);
  }

  @Override
  protected Query<AdoptionDay> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Source ofVersion = Source.of(plan.table(), scope().where(version).conditions(), rendering);
    Source ofProject = Source.of(plan.table(), scope().conditions(), rendering);
    String asked = rendering.bind("days", "UInt16", days);
    String isVersion = version.render(rendering, List.of());
    String sql =
        SqlText.with(
            List.of(
                SqlText.subquery(
                    "first",
                    "SELECT min(date) AS day",
                    ofVersion.days(List.of()).text(),
                    "HAVING count() > 0"),
                SqlText.subquery(
                    "days",
                    "SELECT number, day + number AS date",
                    "FROM first",
                    "CROSS JOIN (SELECT %s AS newest FROM %s) AS loaded"
                        .formatted(rendering.loadedDays().newest(), rendering.loadedDays().table()),
                    "ARRAY JOIN range(toUInt32(greatest(0, least(%s, newest - day + 1)))) AS number"
                        .formatted(asked)),
                SqlText.subquery(
                    "counted",
                    SqlText.select(
                        List.of(
                            "date",
                            ofProject.countIf(isVersion) + " AS downloads",
                            ofProject.count() + " AS of_project")),
                    ofProject.text(),
                    "  AND date IN (SELECT date FROM days)",
                    "GROUP BY date")),
            "SELECT number, date, downloads, of_project",
            "FROM days",
            "LEFT JOIN counted USING (date)",
            "ORDER BY number");
    return rendering.bindTo(
        Query.of(
                sql,
                row ->
                    new AdoptionDay(
                        row.intValue("number"),
                        row.date("date"),
                        row.longValue(Source.DOWNLOADS),
                        row.longValue("of_project")))
            .setting("join_use_nulls", "0")
            .readingFrom(plan.table().name()));
  }
}
