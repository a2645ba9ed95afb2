package io.clickpy.ingest.internal.parquet;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import org.apache.parquet.format.Encoding;
import org.jspecify.annotations.Nullable;

/** Reads one column's values of a row group, one for each row. */
final class ColumnReader implements Closeable {
  private final ParquetColumn column;
  private final PageReader pages;
  private final MemoryBudget budget;
  private @Nullable Dictionary dictionary;
  private @Nullable Page page;
  private int left;
  private @Nullable RunReader levels;
  private Values values = sink -> {};

  ColumnReader(ParquetColumn column, PageReader pages, MemoryBudget budget) {
    this.column = column;
    this.pages = pages;
    this.budget = budget;
  }

  /** Hands over the value of the next row. */
  void next(RowSink sink) throws IOException {
    try {
      while (left == 0) {
        nextPage();
      }
      left--;
      if (isThere()) {
        values.next(sink);
      } else {
        sink.missing();
      }
    } catch (DamagedColumnException e) {
      throw damaged(e);
    }
  }

  private boolean isThere() throws IOException {
    if (levels == null) {
      return true;
    }
    int level = levels.next();
    if (level > column.optionals()) {
      throw new DamagedColumnException("a value at level %s".formatted(level));
    }
    return level == column.optionals();
  }

  /** Checks that there is no value more. */
  void requireEnd() throws IOException {
    try {
      if (left > 0) {
        throw new DamagedColumnException("more values than rows");
      }
    } catch (DamagedColumnException e) {
      throw damaged(e);
    }
  }

  private void nextPage() throws IOException {
    if (page != null) {
      budget.release(page.bytes().length);
      page = null;
    }
    Page next = read();
    if (next == null) {
      throw new DamagedColumnException("fewer values than rows");
    }
    page = next;
    left = next.values();
    levels =
        column.optionals() == 0
            ? null
            : new RunReader(
                next.bytes(), next.levels(), next.content(), bitWidth(column.optionals()));
    values = values(next);
  }

  /** What a source throws is the file's failure; what a sink throws is not. */
  private @Nullable Page read() throws DamagedColumnException {
    try {
      return pages.next(this::take);
    } catch (DamagedColumnException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw Failures.unreadable(e);
    }
  }

  private static int bitWidth(int max) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(max);
  }

  private void take(Page written) throws IOException {
    if (dictionary != null) {
      throw new DamagedColumnException("a second dictionary");
    }
    dictionary = Dictionary.of(column.element().getType(), written, budget);
  }

  private Values values(Page next) throws IOException {
    Encoding encoding = next.encoding();
    if (encoding == Encoding.PLAIN) {
      return new PlainValues(column.element().getType(), next.bytes(), next.content());
    }
    if (encoding != Encoding.PLAIN_DICTIONARY && encoding != Encoding.RLE_DICTIONARY) {
      throw new DamagedColumnException(
          "values written as %s, which cannot be read here; StagingMode.PUSH_PARQUET lets the server do it"
              .formatted(encoding));
    }
    Dictionary pointedTo = dictionary;
    if (pointedTo == null) {
      throw new DamagedColumnException("no dictionary");
    }
    byte[] bytes = next.bytes();
    int at = next.content();
    // A page of NULLs alone may end here.
    RunReader places =
        at == bytes.length
            ? new RunReader(bytes, at, at, 0)
            : new RunReader(bytes, at + 1, bytes.length, bytes[at]);
    return sink -> pointedTo.emit(places.next(), sink);
  }

  private ClickPyException damaged(DamagedColumnException e) {
    return new ClickPyException(
        ErrorCode.INVALID_DATA,
        "Its column %s cannot be read: %s.".formatted(column.name(), e.getMessage()),
        e);
  }

  @Override
  public void close() throws IOException {
    pages.close();
  }
}
