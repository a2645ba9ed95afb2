package io.clickpy.query;

import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.query.internal.RollupSelect;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.internal.Source;
import java.util.List;
import java.util.Set;

/**
 * The first and the last day on which a project was downloaded; empty if it never was.
 *
 * <p>Immutable and thread-safe.
 */
public final class FirstAndLastDownload extends ProjectQuery<DateRange, FirstAndLastDownload>
    implements OptionalQuery<DateRange> {

  FirstAndLastDownload(Scope scope) {
    super(scope);
  }

  @Override
  protected FirstAndLastDownload with(Scope changed) {
    return new FirstAndLastDownload(changed);
  }

  @Override
  protected Set<Dimension> groups() {
    return Set.of(Dimension.PROJECT);
  }

  @Override
  protected Measure measure() {
    return Measure.DATE_RANGE;
  }

  @Override
  protected Query<DateRange> render(Plan plan) {
    return RollupSelect.of(scope().schema(), measure())
        .where(scope().conditions())
        .groupBy(List.of(Dimension.PROJECT))
        .toQuery(
            plan.table(),
            row -> DateRange.of(row.date(Source.FIRST_DAY), row.date(Source.LAST_DAY)));
  }
}
