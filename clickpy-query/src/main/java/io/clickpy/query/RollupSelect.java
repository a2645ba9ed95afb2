package io.clickpy.query;

import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.RowMapper;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A {@code SELECT} over one rollup, about one project: the sum of its downloads by one dimension.
 *
 * @param rollup the table
 * @param by what the sum is told apart by
 * @param project whose downloads
 * @param period of which days
 * @param order how the rows are sorted
 * @param limit how many rows at most
 */
record RollupSelect(
    Rollup rollup,
    Dimension by,
    ProjectName project,
    Period period,
    Order order,
    Optional<Integer> limit) {
  /** The name of the summed column: not {@code count}, which the table itself has. */
  static final String DOWNLOADS = "downloads";

  /** How the rows are sorted. */
  enum Order {
    /** By the dimension. */
    ASCENDING,
    /** Most downloads first, then by the dimension. */
    MOST_DOWNLOADS_FIRST
  }

  /** Returns the rollup of that name. */
  static Rollup rollup(String name) {
    return PypiSchema.ofDefaults().rollup(name);
  }

  <R> Query<R> toQuery(RowMapper<R> mapper) {
    List<String> lines = new ArrayList<>();
    lines.add("SELECT " + by.column() + ", sum(count) AS " + DOWNLOADS);
    lines.add("FROM " + rollup.name());
    lines.add("WHERE " + Dimension.PROJECT.column() + " = {project:String}");
    if (!period.condition().isEmpty()) {
      lines.add("  AND " + period.condition());
    }
    lines.add("GROUP BY " + by.column());
    lines.add(
        switch (order) {
          case ASCENDING -> "ORDER BY " + by.column();
          case MOST_DOWNLOADS_FIRST -> "ORDER BY " + DOWNLOADS + " DESC, " + by.column();
        });
    if (limit.isPresent()) {
      lines.add("LIMIT {limit:UInt32}");
    }
    Query<R> query =
        period.bind(
            Query.of(String.join("\n", lines), mapper)
                .readingFrom(rollup.name())
                .bind("project", project.value()));
    return limit.isPresent() ? query.bind("limit", limit.get()) : query;
  }
}
