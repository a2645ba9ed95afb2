package io.clickpy.core;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.internal.Statement;
import io.clickpy.core.internal.Transport.Repeat;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;

/**
 * Rows on their way into a table, in one of ClickHouse's input formats.
 *
 * <p>Immutable and thread-safe if its {@link Body} is. Asynchronous inserts are off: when {@link
 * #execute(ClickPy)} returns, the rows are in the table. Like a {@link Command}, it has no time
 * limit, and is repeated after a failure that may have come too late only if it is {@link
 * #repeatable()}.
 */
@CheckReturnValue
public final class Insert {
  private final Statement statement;
  private final String format;
  private final Body body;
  private final boolean repeatable;

  private Insert(Statement statement, String format, Body body, boolean repeatable) {
    this.statement = statement;
    this.format = format;
    this.body = body;
    this.repeatable = repeatable;
  }

  /**
   * Returns an insert.
   *
   * @param target what stands between {@code INSERT INTO} and {@code FORMAT}: a table, with columns
   *     or {@code SELECT … FROM input('structure')} behind it if wanted
   * @param format one of ClickHouse's input formats, as {@code Parquet} or {@code RowBinary}
   * @param body writes the bytes; called again if the insert is repeated
   */
  @PlainSql
  public static Insert into(String target, String format, Body body) {
    return new Insert(Statement.of(target), Objects.requireNonNull(format, "format"), body, false);
  }

  /**
   * Returns this insert with one of the server's settings.
   *
   * @throws IllegalArgumentException if the name is no identifier
   */
  public Insert setting(String name, String value) {
    return new Insert(statement.setting(name, value), format, body, repeatable);
  }

  /**
   * Returns this insert with the promise that running it twice does no harm; for example because
   * the table drops blocks whose deduplication token it has seen.
   */
  public Insert repeatable() {
    return new Insert(statement, format, body, true);
  }

  /**
   * Sends the rows and waits until they are in the table.
   *
   * @throws QueryException if the server ends it with an error; blocks written before may stay
   * @throws OutcomeUnknownException if the connection broke on the way, and the insert is not
   *     {@link #repeatable()}
   * @throws ClickPyException with {@link ErrorCode#INVALID_DATA} if the body fails; blocks sent
   *     before may stay. Any other failure has had no effect
   */
  @CanIgnoreReturnValue
  public QueryStatistics execute(ClickPy clickpy) {
    return clickpy.execute(this);
  }

  Statement statement() {
    return statement;
  }

  String format() {
    return format;
  }

  Body body() {
    return body;
  }

  Repeat repeat() {
    return repeatable ? Repeat.HARMLESS : Repeat.HARMFUL;
  }

  @Override
  public String toString() {
    return "Insert[" + statement.sql() + " FORMAT " + format + "]";
  }

  /** Writes the bytes of an insert. */
  @FunctionalInterface
  public interface Body {
    /**
     * Writes all bytes, from the first; the stream stays open.
     *
     * @throws IOException if they cannot be read or sent
     */
    void writeTo(OutputStream out) throws IOException;
  }
}
