package io.clickpy.query.rollup;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.Query;
import io.clickpy.core.Row;
import io.clickpy.core.RowMapper;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.ListQuery;
import io.clickpy.query.NoCoveringRollupException;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Order;
import java.util.List;

/**
 * A question to one rollup: the sum of its downloads, told apart by some of its dimensions.
 *
 * <p>Immutable and thread-safe: every refinement returns a new question. A filter or a grouping by
 * what the table lacks does not compile. Without a grouping there is one row; none if nothing was
 * downloaded. Rows are sorted by the groupings, unless told otherwise.
 *
 * <pre>{@code
 * import static io.clickpy.query.rollup.Fields.*;
 * import io.clickpy.query.rollup.*;
 *
 * List<GroupedDownloads> systems =
 *     DownloadsPerDayByVersionBySystem.query()
 *         .where(PROJECT.is("pandas"))
 *         .where(VERSION.startsWith("2."))
 *         .where(DATE.lastDays(30))
 *         .groupBy(SYSTEM)
 *         .mostDownloadsFirst()
 *         .fetch(clickpy);
 * systems.forEach(row -> System.out.println(row.value(SYSTEM) + " " + row.count()));
 * }</pre>
 *
 * @param <Q> the question itself
 * @param <R> what one row of the answer is
 */
@CheckReturnValue
public abstract sealed class RollupQuery<Q extends RollupQuery<Q, R>, R> implements ListQuery<R>
    permits DownloadsQuery, DownloadsMaxMin {
  private final Selection selection;

  RollupQuery(Selection selection) {
    this.selection = selection;
  }

  /**
   * Returns this question for those downloads alone that pass one filter more.
   *
   * @param filter for example {@code VERSION.is("2.2.3")}
   */
  public final Q where(Filter<? super Q> filter) {
    return with(selection.where(filter));
  }

  /**
   * Returns this question with the rows told apart by more fields.
   *
   * @param fields for example {@code DATE, VERSION}
   */
  @SafeVarargs
  public final Q groupBy(Field<? super Q, ?>... fields) {
    Selection refined = selection;
    for (Field<? super Q, ?> field : fields) {
      refined = refined.groupBy(field);
    }
    return with(refined);
  }

  /**
   * Returns this question sorted by one field more, smallest first.
   *
   * @param field one of those that the question is grouped by; else asking throws an {@link
   *     IllegalStateException}
   */
  public final Q orderBy(Field<? super Q, ?> field) {
    return with(selection.orderBy(new Order.By(field.dimension(), Order.Direction.ASCENDING)));
  }

  /**
   * Returns this question sorted by one field more, greatest first.
   *
   * @param field one of those that the question is grouped by; else asking throws an {@link
   *     IllegalStateException}
   */
  public final Q orderByDescending(Field<? super Q, ?> field) {
    return with(selection.orderBy(new Order.By(field.dimension(), Order.Direction.DESCENDING)));
  }

  /**
   * Returns this question with another number of rows; by default all.
   *
   * @param rows how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public final Q limit(int rows) {
    return with(selection.limit(rows));
  }

  /**
   * Returns this question for the table of another schema than {@link PypiSchema#ofDefaults()}: of
   * one with a prefix, or of ClickPy's own service. If that table cannot tell what is asked, asking
   * throws a {@link NoCoveringRollupException}.
   */
  public final Q schema(PypiSchema schema) {
    return with(selection.schema(schema));
  }

  @Override
  public final Plan plan() {
    return selection.plan();
  }

  @Override
  public final Query<R> toQuery() {
    List<Field<?, ?>> fields = selection.fields();
    RowMapper<R> mapper = row -> read(GroupKey.read(fields, row), row);
    return selection.select().toQuery(plan().table(), mapper);
  }

  Selection selection() {
    return selection;
  }

  /** Returns this question refined. */
  abstract Q with(Selection refined);

  /** Returns the answer's row. */
  abstract R read(GroupKey key, Row row);
}
