package io.clickpy.query.internal;

import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Measure;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.Plan;
import io.clickpy.query.TableStatistics;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which downloads a question is about, and how it may be answered.
 *
 * @param schema the tables that may be read
 * @param filters what each dimension must be
 * @param more what else must hold
 * @param statistics how large the tables are
 * @param rawBudget what a scan of the raw table may cost; empty if there must be none
 */
public record Scope(
    PypiSchema schema,
    Map<Dimension, Condition> filters,
    List<Condition> more,
    TableStatistics statistics,
    Optional<QueryLimits> rawBudget) {

  /** Copies the filters. */
  public Scope {
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(statistics, "statistics");
    EnumMap<Dimension, Condition> copy = new EnumMap<>(Dimension.class);
    copy.putAll(filters);
    filters = Collections.unmodifiableMap(copy);
    more = List.copyOf(more);
  }

  /** Returns all downloads. */
  public static Scope ofEverything() {
    return new Scope(
        PypiSchema.ofDefaults(),
        Map.of(),
        List.of(),
        TableStatistics.ofDefaults(),
        Optional.empty());
  }

  /** Returns this scope with a condition, instead of an earlier one on the same dimension. */
  public Scope where(Condition condition) {
    Map<Dimension, Condition> changed = new HashMap<>(filters);
    changed.put(condition.dimension(), condition);
    return new Scope(schema, changed, more, statistics, rawBudget);
  }

  /** Returns this scope with a condition that holds beside all others. */
  public Scope and(Condition condition) {
    List<Condition> all = Stream.concat(more.stream(), Stream.of(condition)).distinct().toList();
    return new Scope(schema, filters, all, statistics, rawBudget);
  }

  /** Returns this scope without a condition on the days. */
  public Scope allTime() {
    Map<Dimension, Condition> changed = new HashMap<>(filters);
    changed.remove(Dimension.DATE);
    return new Scope(schema, changed, more, statistics, rawBudget);
  }

  /** Returns this scope in other tables. */
  public Scope withSchema(PypiSchema value) {
    return new Scope(value, filters, more, statistics, rawBudget);
  }

  /** Returns this scope planned for tables of other sizes. */
  public Scope withStatistics(TableStatistics value) {
    return new Scope(schema, filters, more, value, rawBudget);
  }

  /** Returns this scope with leave to scan the raw table. */
  public Scope withRawBudget(QueryLimits value) {
    Objects.requireNonNull(value, "budget");
    return new Scope(schema, filters, more, statistics, Optional.of(value));
  }

  /** Returns the condition on the days; empty for all time. */
  public Optional<Condition> days() {
    return Optional.ofNullable(filters.get(Dimension.DATE));
  }

  /** Returns the conditions that all must hold. */
  public List<Condition> conditions() {
    return Stream.concat(filters.values().stream(), more.stream()).toList();
  }

  /** Returns the plan of a question about these downloads. */
  public Plan plan(Measure measure, Set<Dimension> groups) {
    return new Planner(schema, statistics)
        .plan(
            new Need(measure, groups, conditions()),
            rawBudget.isPresent() ? Planner.RawScan.ALLOWED : Planner.RawScan.FORBIDDEN);
  }

  /** Returns the query with the budget of a raw scan, if it is one. */
  public <R> Query<R> limited(Plan plan, Query<R> query) {
    return rawBudget.isPresent() && plan.table() instanceof DownloadsTable
        ? query.limits(rawBudget.get())
        : query;
  }
}
