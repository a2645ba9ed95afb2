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
import java.util.stream.Stream;

/**
 * How many downloads each medal takes, the best first. A medal that nobody has, because there are
 * too few projects or too many of them are equal, has no row.
 *
 * <p>Immutable and thread-safe.
 */
public final class MedalThresholds extends PeriodQuery<MedalThreshold, MedalThresholds>
    implements ListQuery<MedalThreshold> {
  private static final List<Integer> PERCENTAGES =
      Stream.of(Medal.values()).map(Medal::percent).toList();

  private MedalThresholds(Scope scope) {
    super(scope);
  }

  /** Returns the question for all time; refine it. */
  public static MedalThresholds query() {
    return new MedalThresholds(Scope.ofEverything());
  }

  @Override
  protected MedalThresholds with(Scope changed) {
    return new MedalThresholds(changed);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Query<MedalThreshold> render(Plan plan) {
    Rendering rendering = new Rendering(scope().schema());
    Source source = Source.of(plan.table(), scope().conditions(), rendering);
    String sql =
        SqlText.with(
            List.of(
                source.perProject("totals"),
                SqlText.subquery(
                    "ranked",
                    "SELECT downloads, rank() OVER (ORDER BY downloads DESC) AS rank,",
                    "  count() OVER () AS projects",
                    "FROM totals")),
            "SELECT percent, min(downloads) AS threshold, any(projects) AS of_projects",
            "FROM ranked",
            "ARRAY JOIN %s AS percent"
                .formatted(rendering.bind("percents", "Array(UInt8)", PERCENTAGES)),
            "WHERE rank * 100 <= projects * percent",
            "GROUP BY percent",
            "ORDER BY percent");
    return rendering.bindTo(
        Query.of(
                sql,
                row ->
                    new MedalThreshold(
                        Medal.ofPercent(row.intValue("percent")),
                        row.longValue("threshold"),
                        row.longValue("of_projects")))
            .readingFrom(plan.table().name()));
  }
}
