package io.clickpy.query;

import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.core.schema.Table;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which table answers a question, and why not another.
 *
 * <p>Immutable and thread-safe.
 *
 * @param chosen the table that is read
 * @param others the other rollups, those that could answer too first
 */
public record Plan(Candidate chosen, List<Candidate> others) {

  /** Copies the list. */
  public Plan {
    Objects.requireNonNull(chosen, "chosen");
    others = List.copyOf(others);
  }

  /** Returns the table that is read. */
  public Table table() {
    return chosen.table();
  }

  /** Returns in one sentence why this table is read. */
  public String reason() {
    long able = others.stream().filter(other -> other.lacks().isEmpty()).count();
    if (table() instanceof DownloadsTable) {
      return "No rollup can answer, and a raw scan is allowed.";
    }
    if (others.isEmpty()) {
      return "The question names the table.";
    }
    if (able == 0) {
      return "The only rollup that can answer.";
    }
    return "Of the %d rollups that can answer, it reads least.".formatted(able + 1);
  }

  /**
   * A table that may answer a question.
   *
   * @param table the table
   * @param lacks the columns that it would need and has not; none if it can answer
   * @param estimatedRows about how many rows it would read, from its size and its sort key;
   *     ClickHouse reads at least one granule, 8192 rows
   */
  public record Candidate(Table table, Set<String> lacks, long estimatedRows) {

    /** Copies the set. */
    public Candidate {
      lacks = Collections.unmodifiableSortedSet(new TreeSet<>(lacks));
    }

    @Override
    public String toString() {
      return lacks.isEmpty()
          ? "%s reads about %d rows".formatted(table.name(), estimatedRows)
          : "%s lacks [%s]".formatted(table.name(), String.join(", ", lacks));
    }
  }

  @Override
  public String toString() {
    return others.stream()
        .map(other -> "\n  not " + other)
        .collect(Collectors.joining("", chosen + ". " + reason(), ""));
  }
}
