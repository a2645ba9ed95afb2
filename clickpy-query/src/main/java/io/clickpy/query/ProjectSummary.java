package io.clickpy.query;

import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.AskedDays;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How often a project was downloaded in the last day, week and month and in all, each beside as
 * many days before; empty if it was downloaded in none of these days.
 *
 * <p>The last day is the newest that is loaded, of whatever project, or the last of the days asked
 * for, if that is earlier. The week and the month are counted back from it, even beyond the first
 * of the days asked for.
 *
 * <p>Immutable and thread-safe.
 */
public final class ProjectSummary extends ProjectQuery<DownloadSummary, ProjectSummary>
    implements OptionalQuery<DownloadSummary> {
  private static final int DAY = 1;
  private static final int WEEK = 7;
  private static final int MONTH = 30;

  ProjectSummary(Scope scope) {
    super(scope);
  }

  @Override
  protected ProjectSummary with(Scope changed) {
    return new ProjectSummary(changed);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.DATE);
  }

  @Override
  protected Query<DownloadSummary> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    String days = AskedDays.subquery(scope(), rendering);
    // The days before those asked for count as well.
    Source source = Source.of(plan.table(), scope().allTime().conditions(), rendering);
    List<String> columns = new ArrayList<>(List.of("oldest", "newest"));
    columns.addAll(period("day", DAY));
    columns.addAll(period("week", WEEK));
    columns.addAll(period("month", MONTH));
    columns.addAll(period("all", "days", "2 * days"));
    String sql =
        SqlText.with(
            List.of(
                days,
                SqlText.subquery(
                    "counted",
                    "SELECT date, " + source.measure(measure()),
                    source.text() + sinceWhen(),
                    "GROUP BY date",
                    Source.HAVING_SOME)),
            SqlText.select(columns),
            "FROM (",
            "  SELECT oldest, newest, newest - oldest + 1 AS days, newest - date AS age, downloads",
            "  FROM counted",
            "  CROSS JOIN days)",
            "WHERE age >= 0",
            "GROUP BY oldest, newest");
    return rendering.bindTo(Query.of(sql, ProjectSummary::read).readingFrom(plan.table().name()));
  }

  /** Where not all days are asked for, those before what is compared need not be read. */
  private String sinceWhen() {
    return scope().days().isEmpty()
        ? ""
        : "\n  AND date >= (SELECT toDate32(newest) - greatest(%d, 2 * (newest - oldest) + 1) FROM days)"
            .formatted(2 * MONTH - 1);
  }

  /** Returns the columns with the downloads of the newest days, and of as many before. */
  private static List<String> period(String name, int days) {
    return period(name, Integer.toString(days), Integer.toString(2 * days));
  }

  private static List<String> period(String name, String days, String twice) {
    return List.of(
        "sumIf(downloads, age < %s) AS last_%s".formatted(days, name),
        "sumIf(downloads, age < %s) - last_%s AS before_%s".formatted(twice, name, name));
  }

  private static DownloadSummary read(Row row) {
    LocalDate newest = row.date("newest");
    int all = (int) ChronoUnit.DAYS.between(row.date("oldest"), newest) + 1;
    return new DownloadSummary(
        period(row, "day", newest, DAY),
        period(row, "week", newest, WEEK),
        period(row, "month", newest, MONTH),
        period(row, "all", newest, all));
  }

  private static PeriodDownloads period(Row row, String name, LocalDate last, int days) {
    return new PeriodDownloads(
        DateRange.of(last.minusDays(days - 1L), last),
        row.longValue("last_" + name),
        row.longValue("before_" + name));
  }
}
