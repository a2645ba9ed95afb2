package io.clickpy.query;

import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Need;
import io.clickpy.query.internal.Planner;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which downloads a question is about, and how it may be answered.
 *
 * @param conditions what each dimension must be; the project is always among them
 * @param statistics how large the tables are
 * @param rawBudget what a scan of the raw table may cost; empty if there must be none
 */
record Scope(
    Map<Dimension, Condition> conditions,
    TableStatistics statistics,
    Optional<QueryLimits> rawBudget) {

  Scope {
    conditions = Collections.unmodifiableMap(new EnumMap<>(conditions));
  }

  static Scope of(ProjectName project) {
    return new Scope(
        Map.of(Dimension.PROJECT, new Condition.Equal(Dimension.PROJECT, project.value())),
        TableStatistics.ofDefaults(),
        Optional.empty());
  }

  /** Returns this scope with a condition, instead of an earlier one on the same dimension. */
  Scope where(Condition condition) {
    Map<Dimension, Condition> changed = new EnumMap<>(conditions);
    changed.put(condition.dimension(), condition);
    return new Scope(changed, statistics, rawBudget);
  }

  Scope allTime() {
    Map<Dimension, Condition> changed = new EnumMap<>(conditions);
    changed.remove(Dimension.DATE);
    return new Scope(changed, statistics, rawBudget);
  }

  Scope withStatistics(TableStatistics value) {
    return new Scope(conditions, value, rawBudget);
  }

  Scope withRawBudget(QueryLimits value) {
    return new Scope(conditions, statistics, Optional.of(value));
  }

  /** Returns the condition on the days; empty for all time. */
  Optional<Condition> days() {
    return Optional.ofNullable(conditions.get(Dimension.DATE));
  }

  List<Condition> conditionList() {
    return List.copyOf(conditions.values());
  }

  Plan plan(Measure measure, Set<Dimension> groups) {
    return new Planner(PypiSchema.ofDefaults(), statistics)
        .plan(
            new Need(measure, groups, conditionList()),
            rawBudget.isPresent() ? Planner.RawScan.ALLOWED : Planner.RawScan.FORBIDDEN);
  }

  /** Returns the query with the budget of a raw scan, if it is one. */
  <R> Query<R> limited(Plan plan, Query<R> query) {
    return rawBudget.isPresent() && plan.table() instanceof DownloadsTable
        ? query.limits(rawBudget.get())
        : query;
  }
}
