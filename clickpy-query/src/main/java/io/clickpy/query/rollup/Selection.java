package io.clickpy.query.rollup;

import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.Plan;
import io.clickpy.query.TableStatistics;
import io.clickpy.query.internal.Need;
import io.clickpy.query.internal.Order;
import io.clickpy.query.internal.Planner;
import io.clickpy.query.internal.RollupSelect;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is asked of a rollup.
 *
 * @param rollup its name, without a prefix
 * @param select as SQL
 * @param fields what the rows are told apart by
 */
record Selection(String rollup, RollupSelect select, List<Field<?, ?>> fields) {

  static Selection from(String rollup) {
    PypiSchema schema = PypiSchema.ofDefaults();
    return new Selection(
        rollup, RollupSelect.of(schema, schema.rollup(rollup).measure()), List.of());
  }

  Selection schema(PypiSchema schema) {
    return new Selection(rollup, select.in(schema), fields);
  }

  Selection where(Filter<?> filter) {
    return new Selection(rollup, select.where(List.of(filter.condition())), fields);
  }

  Selection groupBy(Field<?, ?> more) {
    return new Selection(
        rollup,
        select.groupBy(List.of(more.dimension())),
        Stream.concat(fields.stream(), Stream.of(more)).distinct().toList());
  }

  Selection orderBy(Order more) {
    return new Selection(rollup, select.orderBy(more), fields);
  }

  Selection limit(int rows) {
    return new Selection(rollup, select.limit("rows", rows), fields);
  }

  Plan plan() {
    PypiSchema schema = select.schema();
    Need need = new Need(select.measure(), Set.copyOf(select.groups()), select.conditions());
    return new Planner(schema, TableStatistics.ofDefaults()).given(schema.rollup(rollup), need);
  }
}
