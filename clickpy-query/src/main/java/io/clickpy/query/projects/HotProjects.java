package io.clickpy.query.projects;

import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.FilteredQuery;
import io.clickpy.query.ListQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.AskedDays;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The projects that grew fastest from one month to the next, fastest first; equals by their name.
 * Looked at are the last six months that are loaded as a whole, and the projects that have enough
 * downloads in them. A month is compared with the one before it if that had enough downloads too.
 *
 * <p>Immutable and thread-safe.
 */
public final class HotProjects extends FilteredQuery<HotProject, HotProjects>
    implements ListQuery<HotProject> {
  private static final int DEFAULT_MONTHS = 6;
  private static final long DEFAULT_MINIMUM = 100_000;
  private static final int DEFAULT_TOP = 5;

  private final int months;
  private final long minimum;
  private final int top;

  private HotProjects(Scope scope, int months, long minimum, int top) {
    super(scope.where(new Condition.InMonths(Dimension.MONTH, "whole", months)));
    this.months = months;
    this.minimum = minimum;
    this.top = top;
  }

  /** Returns the question; refine it. */
  public static HotProjects query() {
    return new HotProjects(Scope.ofEverything(), DEFAULT_MONTHS, DEFAULT_MINIMUM, DEFAULT_TOP);
  }

  /**
   * Returns this question for another number of months; by default 6.
   *
   * @param count how many at most, though growth takes 2; 1 to 1200
   * @throws IllegalArgumentException if it is out of range
   */
  public HotProjects months(int count) {
    return new HotProjects(scope(), Limits.months(count), minimum, top);
  }

  /**
   * Returns this question for projects with at least so many downloads in all the months together;
   * by default 100,000. A month is compared with one before it that had a hundredth of that.
   *
   * @param downloads at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public HotProjects minimum(long downloads) {
    return new HotProjects(scope(), months, Limits.check("downloads", downloads), top);
  }

  /**
   * Returns this question with another number of projects; by default 5.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public HotProjects top(int count) {
    return new HotProjects(scope(), months, minimum, Limits.check("projects", count));
  }

  @Override
  protected HotProjects with(Scope changed) {
    return new HotProjects(changed, months, minimum, top);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT, Dimension.MONTH);
  }

  @Override
  protected Query<HotProject> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String least = rendering.bind("minimum", "UInt64", minimum);
    String sql =
        SqlText.with(
            List.of(
                AskedDays.subquery(scope(), rendering),
                SqlText.subquery(
                    "whole",
                    "SELECT toStartOfMonth(newest + 1) AS after,",
                    "  toStartOfMonth(addMonths(oldest - 1, 1)) AS first_whole,",
                    "  toDate(greatest(first_whole, addMonths(toDate32(after), -%s))) AS first,"
                        .formatted(rendering.bind("months", "UInt16", months)),
                    "  greatest(0, dateDiff('month', first, after)) AS length,",
                    "  arrayMap(i -> addMonths(first, i), range(toUInt32(length))) AS months",
                    "FROM days"),
                SqlText.subquery(
                    "counted",
                    "SELECT project, toStartOfMonth(%s) AS start, %s"
                        .formatted(source.day(), source.measure(measure())),
                    source.text(),
                    "GROUP BY project, start"),
                SqlText.subquery(
                    "grown",
                    "SELECT project, months,",
                    "  sumMap([start], [downloads]) AS sums,",
                    "  arrayMap(m -> sums.2[indexOf(sums.1, m)], months) AS counts,",
                    "  arrayMap((n, previous) -> if(previous * 100 >= %s, n / previous, 0),"
                        .formatted(least),
                    "    arrayPopFront(counts), arrayPopBack(counts)) AS growths,",
                    "  arrayMax(growths) AS growth",
                    "FROM counted",
                    "CROSS JOIN whole",
                    "GROUP BY project, months",
                    "HAVING arraySum(counts) >= %s AND growth > 1".formatted(least))),
            "SELECT project, months[indexOf(growths, growth) + 1] AS month, growth, months, counts",
            "FROM grown",
            "ORDER BY growth DESC, project",
            "LIMIT " + rendering.bind("top", "UInt32", top));
    return rendering.bindTo(Query.of(sql, HotProjects::read).readingFrom(plan.table().name()));
  }

  private static HotProject read(Row row) {
    List<String> starts = row.strings("months");
    List<Long> counts = row.longs("counts");
    List<MonthlyDownloads> all =
        IntStream.range(0, starts.size())
            .mapToObj(
                i ->
                    new MonthlyDownloads(
                        YearMonth.from(LocalDate.parse(starts.get(i))), counts.get(i)))
            .toList();
    return new HotProject(
        row.string(Dimension.PROJECT.column()),
        YearMonth.from(row.date("month")),
        row.doubleValue("growth"),
        all);
  }
}
