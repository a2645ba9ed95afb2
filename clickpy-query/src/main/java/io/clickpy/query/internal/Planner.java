package io.clickpy.query.internal;

import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import io.clickpy.query.NoCoveringRollupException;
import io.clickpy.query.Plan;
import io.clickpy.query.TableStatistics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Chooses the table that answers a question and reads least. A pure function: equal questions over
 * equal statistics have equal plans. The topology needs no argument: on every one the tables have
 * the same names, and shards split all of them alike.
 *
 * <p>What a table reads is estimated from its size and its sort key: ClickHouse skips what the
 * conditions on the first columns of the key exclude, and reads the rest. For one thread.
 */
public final class Planner {
  private final PypiSchema schema;
  private final TableStatistics statistics;

  /** Each candidate needs them, and they are told from all pairs of tables. */
  private final Map<Dimension, Double> distinct = new EnumMap<>(Dimension.class);

  /** A planner for the tables of a schema, of these sizes. */
  public Planner(PypiSchema schema, TableStatistics statistics) {
    this.schema = schema;
    this.statistics = statistics;
  }

  /**
   * Returns the plan.
   *
   * @param rawScan whether the raw table may be read if no rollup can answer
   * @throws NoCoveringRollupException if no rollup can, and the raw table must not
   */
  public Plan plan(Need need, RawScan rawScan) {
    List<Plan.Candidate> candidates = new ArrayList<>();
    for (Rollup rollup : schema.rollups()) {
      candidates.add(candidate(need, rollup, lacks(need, rollup)));
    }
    // Of equals the one with fewer columns, which the finer tables come before.
    candidates.sort(
        Comparator.comparingInt((Plan.Candidate candidate) -> candidate.lacks().size())
            .thenComparingLong(Plan.Candidate::estimatedRows)
            .thenComparingInt(candidate -> candidate.table().columns().size()));
    if (candidates.get(0).lacks().isEmpty()) {
      return new Plan(candidates.get(0), candidates.subList(1, candidates.size()));
    }
    if (rawScan == RawScan.FORBIDDEN) {
      throw new NoCoveringRollupException(
          need.dimensions(),
          candidates,
          "Ask without %s, or allow a raw scan: allowRawScan(budget)."
              .formatted(needless(need, candidates)));
    }
    return new Plan(candidate(need, schema.downloads(), Set.of()), candidates);
  }

  /** Returns the filters without which the nearest table could answer that tells what is asked. */
  private static String needless(Need need, List<Plan.Candidate> nearest) {
    List<String> groups = need.groups().stream().map(Dimension::column).toList();
    return nearest.stream()
        .map(Plan.Candidate::lacks)
        .filter(lacks -> Collections.disjoint(lacks, groups))
        .map(lacks -> "the filter by " + String.join(" and ", lacks))
        .findFirst()
        .orElse("one of them");
  }

  private Set<String> lacks(Need need, Rollup rollup) {
    Set<String> lacks = new TreeSet<>(need.missingFrom(rollup));
    if (schema.incomplete().contains(rollup)) {
      lacks.add("older days");
    }
    return lacks;
  }

  private Plan.Candidate candidate(Need need, Table table, Set<String> lacks) {
    return new Plan.Candidate(table, lacks, estimate(need.conditions(), table));
  }

  /**
   * Returns the plan of a question that names its table.
   *
   * @throws NoCoveringRollupException if the table cannot tell it
   */
  public Plan given(Rollup rollup, Need need) {
    Plan.Candidate only = candidate(need, rollup, need.missingFrom(rollup));
    if (!only.lacks().isEmpty()) {
      throw new NoCoveringRollupException(
          need.dimensions(), List.of(only), "Ask without them, or the builder of another rollup.");
    }
    return new Plan(only, List.of());
  }

  /** Returns about how many rows are read, the smallest block that ClickHouse can read aside. */
  private long estimate(List<Condition> question, Table table) {
    List<Condition> conditions = question.stream().map(condition -> condition.in(table)).toList();
    double rows = statistics.rows(table);
    for (String column : table.sortKey()) {
      boolean namesValues = false;
      for (Condition condition : conditions) {
        if (condition.dimension().column().equals(column)) {
          rows *= condition.share(Math.max(1, distinct(condition.dimension())));
          namesValues |= condition.namesValues();
        }
      }
      if (!namesValues) {
        break;
      }
    }
    return (long) Math.ceil(rows);
  }

  private double distinct(Dimension dimension) {
    return distinct.computeIfAbsent(dimension, d -> statistics.distinct(d, schema));
  }

  /** Whether the raw table may be read. */
  public enum RawScan {
    /** Only rollups may be read. */
    FORBIDDEN,
    /** The raw table may be read where no rollup can answer. */
    ALLOWED
  }
}
