package io.clickpy.query.projects;

import io.clickpy.core.Query;
import io.clickpy.core.RowMapper;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.Source;
import io.clickpy.query.internal.SqlText;
import java.util.ArrayList;
import java.util.List;

/**
 * The most downloaded of the projects that a subquery names; equals by their name.
 *
 * @param subqueries of which the last has a row for each project: {@code project} and what else is
 *     told of it
 * @param name the name of the last
 * @param told the name of what else is told
 */
record MostDownloadedAmong(List<String> subqueries, String name, String told) {

  /** Returns one row for each project: {@code project}, what is told, {@code downloads}. */
  <R> Query<R> query(Source source, int top, Rendering rendering, RowMapper<R> mapper) {
    List<String> all = new ArrayList<>(subqueries);
    all.add(source.perProject("totals"));
    String sql =
        SqlText.with(
            all,
            "SELECT project, " + told + ", downloads",
            "FROM totals",
            "INNER JOIN " + name + " USING (project)",
            "ORDER BY downloads DESC, project",
            "LIMIT " + rendering.bind("top", "UInt32", top));
    return rendering.bindTo(Query.of(sql, mapper).readingFrom(source.table().name()));
  }
}
