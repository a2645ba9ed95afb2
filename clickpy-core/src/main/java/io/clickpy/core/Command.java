package io.clickpy.core;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.internal.Statement;
import io.clickpy.core.internal.Transport.Repeat;
import java.util.Map;

/**
 * A statement that changes something and returns no rows: {@code CREATE}, {@code INSERT … SELECT},
 * {@code ALTER}.
 *
 * <p>Immutable and thread-safe. A command has no time limit unless a setting gives it one. It is
 * not repeated after a failure that may have come too late, unless it says that it is {@link
 * #repeatable()}.
 */
@CheckReturnValue
public final class Command {
  private final Statement statement;
  private final String database;
  private final String queryId;
  private final boolean repeatable;

  private Command(Statement statement, String database, String queryId, boolean repeatable) {
    this.statement = statement;
    this.database = database;
    this.queryId = queryId;
    this.repeatable = repeatable;
  }

  /**
   * Returns a command.
   *
   * @param sql one statement; values as {@code {name:Type}}
   */
  @PlainSql
  public static Command of(String sql) {
    return new Command(Statement.of(sql), "", "", false);
  }

  /**
   * Returns this command with a value for {@code {name:Type}}.
   *
   * @param value as in {@link Query#bind(String, Object)}
   * @throws IllegalArgumentException as in {@link Query#bind(String, Object)}
   */
  public Command bind(String name, Object value) {
    return new Command(statement.bind(name, value), database, queryId, repeatable);
  }

  /**
   * Returns this command with one of the server's settings.
   *
   * @throws IllegalArgumentException if the name is no identifier
   */
  public Command setting(String name, String value) {
    return new Command(statement.setting(name, value), database, queryId, repeatable);
  }

  /**
   * Returns this command for another database than the connection's; {@code system} always exists.
   */
  public Command inDatabase(DatabaseName value) {
    return new Command(statement, value.value(), queryId, repeatable);
  }

  /**
   * Returns this command under a query id of the caller's. The server runs one statement of an id
   * at a time and refuses a second with its error 216: two programs that choose the same id for the
   * same work never do it at once.
   *
   * @param value not empty; by default each run has a new id
   */
  public Command queryId(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("Invalid query id: (empty)");
    }
    return new Command(statement, database, value, repeatable);
  }

  /** Returns this command with the promise that running it twice does no harm. */
  public Command repeatable() {
    return new Command(statement, database, queryId, true);
  }

  /** Returns the SQL text. */
  public String sql() {
    return statement.sql();
  }

  /** Returns the bound values by name. */
  public Map<String, Object> parameters() {
    return statement.parameters();
  }

  /**
   * Runs the command and waits for its end.
   *
   * @throws QueryException if the server ends it with an error; of an {@code INSERT … SELECT},
   *     blocks written before may stay
   * @throws OutcomeUnknownException if the connection broke while it ran, and it is not {@link
   *     #repeatable()}
   * @throws ClickPyException for any other failure; then it has had no effect
   */
  @CanIgnoreReturnValue
  public QueryStatistics execute(ClickPy clickpy) {
    return clickpy.execute(this);
  }

  Statement statement() {
    return statement;
  }

  DatabaseName databaseOr(DatabaseName fallback) {
    return database.isEmpty() ? fallback : DatabaseName.of(database);
  }

  String queryIdOr(String fallback) {
    return queryId.isEmpty() ? fallback : queryId;
  }

  boolean hasQueryId() {
    return !queryId.isEmpty();
  }

  Repeat repeat() {
    return repeatable ? Repeat.HARMLESS : Repeat.HARMFUL;
  }

  @Override
  public String toString() {
    return "Command[" + statement.sqlWithoutSecrets() + "]";
  }
}
