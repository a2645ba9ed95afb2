package io.clickpy.query.rollup;

import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.Plan;
import io.clickpy.query.TableStatistics;
import io.clickpy.query.internal.Order;
import io.clickpy.query.internal.Planner;
import io.clickpy.query.internal.RollupSelect;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is asked of a rollup.
 *
 * @param select as SQL
 * @param fields what the rows are told apart by
 */
record Selection(RollupSelect select, List<Field<?, ?>> fields) {

  static Selection from(String rollup) {
    return new Selection(RollupSelect.from(rollup), List.of());
  }

  Selection where(Filter<?> filter) {
    return new Selection(select.where(List.of(filter.condition())), fields);
  }

  Selection groupBy(Field<?, ?> more) {
    return new Selection(
        select.groupBy(List.of(more.dimension())),
        Stream.concat(fields.stream(), Stream.of(more)).distinct().toList());
  }

  Selection orderBy(Order more) {
    return new Selection(select.orderBy(more), fields);
  }

  Selection limit(int rows) {
    return new Selection(select.limit("rows", rows), fields);
  }

  Plan plan() {
    return new Planner(PypiSchema.ofDefaults(), TableStatistics.ofDefaults())
        .given(select.table(), select.conditions());
  }
}
