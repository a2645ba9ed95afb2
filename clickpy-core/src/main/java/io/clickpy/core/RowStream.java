package io.clickpy.core;

import io.clickpy.core.internal.Answer;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The rows of an answer as a stream, in constant memory. */
final class RowStream<R> extends Spliterators.AbstractSpliterator<R> {
  private final ClickPy clickpy;
  private final Call call;
  private final Answer answer;
  private final RowMapper<R> mapper;
  private long rows;
  private boolean ended;
  private boolean closed;

  private RowStream(ClickPy clickpy, Call call, Answer answer, RowMapper<R> mapper) {
    super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
    this.clickpy = clickpy;
    this.call = call;
    this.answer = answer;
    this.mapper = mapper;
  }

  static <R> Stream<R> of(ClickPy clickpy, Call call, Answer answer, RowMapper<R> mapper) {
    RowStream<R> rows = new RowStream<>(clickpy, call, answer, mapper);
    return StreamSupport.stream(rows, false).onClose(rows::close);
  }

  @Override
  public boolean tryAdvance(Consumer<? super R> action) {
    if (ended) {
      return false;
    }
    R row;
    try {
      if (!advance()) {
        close();
        return false;
      }
      row = answer.row(mapper);
    } catch (Throwable e) { // An error of the mapper's ends the call, too.
      call.failed(rows, e);
      throw e;
    }
    rows++;
    action.accept(row);
    return true;
  }

  private boolean advance() {
    ended = true; // Also if this throws: then there is no answer left to stop.
    boolean found = answer.advance();
    ended = !found;
    return found;
  }

  private void close() {
    if (closed) {
      return;
    }
    closed = true;
    call.streamed(rows);
    if (!ended) {
      // Closing reads the rest of the answer, which the kill shortens; and a server that waits for
      // its reader does not even take the kill. So both go on at once.
      clickpy.cancelInBackground(answer.queryId());
    }
    answer.close();
  }
}
