package io.clickpy.query.export;

import io.clickpy.query.internal.RecordColumns;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows on their way into a table: the columns, and then the values row by row. It can be iterated
 * once.
 */
final class RecordRows<R> implements Iterable<List<@Nullable Object>> {
  private final @Nullable R first;
  private final Iterator<? extends R> rest;
  private final RecordColumns columns;

  RecordRows(Class<R> type, Stream<? extends R> rows) {
    rest = rows.iterator();
    first = rest.hasNext() ? rest.next() : null;
    columns = RecordColumns.of(type, first);
  }

  List<RecordColumns.Column> columns() {
    return columns.columns();
  }

  @Override
  public Iterator<List<@Nullable Object>> iterator() {
    Stream<R> one = Stream.ofNullable(first);
    Iterator<R> head = one.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return head.hasNext() || rest.hasNext();
      }

      @Override
      public List<@Nullable Object> next() {
        return columns.values(head.hasNext() ? head.next() : rest.next());
      }
    };
  }
}
