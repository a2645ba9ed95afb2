package io.clickpy.query.projects;

import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.ListQuery;
import io.clickpy.query.PeriodQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How the downloads are spread over all projects that have any: exact quantiles, from the lowest
 * level to the highest. None if nothing was downloaded.
 *
 * <p>Immutable and thread-safe. By default the levels are 0.01, 0.02 … 1.
 */
public final class DownloadQuantiles extends PeriodQuery<DownloadQuantile, DownloadQuantiles>
    implements ListQuery<DownloadQuantile> {
  private static final List<Double> PERCENTILES =
      IntStream.rangeClosed(1, 100).mapToObj(percent -> percent / 100.0).toList();

  private final List<Double> levels;

  private DownloadQuantiles(Scope scope, List<Double> levels) {
    super(scope);
    this.levels = levels;
  }

  /** Returns the question for all time; refine it. */
  public static DownloadQuantiles query() {
    return new DownloadQuantiles(Scope.ofEverything(), PERCENTILES);
  }

  /**
   * Returns this question for other levels.
   *
   * @param values each above 0, at most 1; for example 0.5 for the median, 0.999
   * @throws IllegalArgumentException if one is out of range
   */
  public DownloadQuantiles levels(double... values) {
    for (double value : values) {
      if (!(value > 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "Invalid level: " + value + " (must be above 0 and at most 1)");
      }
    }
    return new DownloadQuantiles(
        scope(), DoubleStream.of(values).distinct().sorted().boxed().toList());
  }

  @Override
  protected DownloadQuantiles with(Scope changed) {
    return new DownloadQuantiles(changed, levels);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Query<DownloadQuantile> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String asked = rendering.bind("levels", "Array(Float64)", levels);
    String sql =
        SqlText.with(
            List.of(
                source.perProject("totals"),
                SqlText.subquery(
                    "sorted", "SELECT arraySort(groupArray(downloads)) AS numbers FROM totals"),
                SqlText.subquery(
                    "quantiles",
                    // Rounded, because 0.07 * 100 is a little more than 7.
                    "SELECT arrayMap(level -> numbers[greatest(1,",
                    "  toUInt64(ceil(round(level * length(numbers), 6))))], %s) AS found"
                        .formatted(asked),
                    "FROM sorted",
                    "WHERE notEmpty(numbers)")),
            "SELECT level, downloads",
            "FROM quantiles",
            "ARRAY JOIN %s AS level, found AS downloads".formatted(asked),
            "ORDER BY level");
    return rendering.bindTo(
        Query.of(
                sql,
                row ->
                    new DownloadQuantile(row.doubleValue("level"), row.longValue(Source.DOWNLOADS)))
            .readingFrom(plan.table().name()));
  }
}
