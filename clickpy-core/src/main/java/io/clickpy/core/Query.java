package io.clickpy.core;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.internal.PlaygroundUrl;
import io.clickpy.core.internal.Statement;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A question to ClickHouse: SQL text, bound parameters, settings, and what a row becomes.
 *
 * <p>Immutable and thread-safe: every method returns a new query, which can be kept, shared and
 * asked any number of times. Table names without a database mean the connection's database; dates
 * and times are UTC.
 *
 * <pre>{@code
 * record Total(String project, long count) {}
 *
 * QueryResult<Total> totals =
 *     Query.of(
 *             "SELECT project, sum(count) AS count FROM pypi_downloads"
 *                 + " WHERE project IN {projects:Array(String)} GROUP BY project ORDER BY project",
 *             row -> new Total(row.string("project"), row.longValue("count")))
 *         .bind("projects", List.of("numpy", "pandas"))
 *         .fetch(clickpy);
 * }</pre>
 *
 * @param <R> what a row becomes
 */
@CheckReturnValue
public final class Query<R> {
  private final Statement statement;
  private final RowMapper<R> mapper;
  private final @Nullable QueryLimits limits;
  private final @Nullable String table;

  private Query(
      Statement statement,
      RowMapper<R> mapper,
      @Nullable QueryLimits limits,
      @Nullable String table) {
    this.statement = statement;
    this.mapper = Objects.requireNonNull(mapper, "mapper");
    this.limits = limits;
    this.table = table;
  }

  /**
   * Returns a query.
   *
   * @param sql one {@code SELECT} without {@code FORMAT}; values as {@code {name:Type}}
   * @param mapper what a row becomes
   */
  @PlainSql
  public static <R> Query<R> of(String sql, RowMapper<R> mapper) {
    return new Query<>(Statement.of(sql), mapper, null, null);
  }

  /**
   * Returns this query with a value for {@code {name:Type}}. The value travels beside the SQL, so
   * that no value can change the question.
   *
   * @param name the parameter's name
   * @param value a string, an integer, a {@code Double}, a {@code Boolean}, a {@code LocalDate}, an
   *     {@code Instant}, a {@code LocalDateTime} in UTC, a {@code UUID}, or a collection of these
   * @throws IllegalArgumentException if the value is of another class, or the name is no identifier
   */
  public Query<R> bind(String name, Object value) {
    return new Query<>(statement.bind(name, value), mapper, limits, table);
  }

  /**
   * Returns this query with one of the server's settings.
   *
   * @throws IllegalArgumentException if the name is no identifier
   */
  public Query<R> setting(String name, String value) {
    return new Query<>(statement.setting(name, value), mapper, limits, table);
  }

  /** Returns this query with limits of its own, instead of the connection's. */
  public Query<R> limits(QueryLimits value) {
    return new Query<>(statement, mapper, Objects.requireNonNull(value, "limits"), table);
  }

  /** Returns this query saying which table it reads; for {@link QueryResult#table()} and logs. */
  public Query<R> readingFrom(String name) {
    return new Query<>(statement, mapper, limits, Objects.requireNonNull(name, "table"));
  }

  /** Returns the SQL text. */
  public String sql() {
    return statement.sql();
  }

  /** Returns the bound values by name, in the order they were bound. */
  public Map<String, Object> parameters() {
    return statement.parameters();
  }

  /** Returns the table that this query says it reads, if it says so. */
  public Optional<String> table() {
    return Optional.ofNullable(table);
  }

  /**
   * Returns a link that opens this query, with its values and settings, in ClickHouse's play page:
   * the SQL in Base64 behind the {@code #}, the values in the query string as {@code param_name}.
   *
   * <p>The page decides who asks whom: put {@code user} and, as table names have no database here,
   * {@code database} into the base. Put no password there: links are passed on.
   *
   * <pre>{@code
   * URI base = URI.create("http://localhost:8123/play?user=default&database=pypi");
   * URI link = Query.of("SELECT count() AS n FROM pypi", row -> row.longValue("n")).playgroundUrl(base);
   * }</pre>
   *
   * @param base the page with what stands in its query string already, or a server whose page is at
   *     {@code /play}
   * @throws IllegalArgumentException if the base is no http or https URI, or has a fragment
   */
  public URI playgroundUrl(URI base) {
    return PlaygroundUrl.of(base, statement);
  }

  /**
   * Asks, and waits for the whole answer. A failed read is repeated as the connection's {@link
   * RetryPolicy} says.
   *
   * @throws ClickPyException if the answer could not be had
   */
  public QueryResult<R> fetch(ClickPy clickpy) {
    return clickpy.fetch(this);
  }

  /**
   * Asks in the background. Cancelling the future that is returned here stops the query on the
   * server; cancelling one derived from it does not.
   *
   * @return completes with the answer, or with a {@link ClickPyException}
   */
  public CompletableFuture<QueryResult<R>> fetchAsync(ClickPy clickpy) {
    return fetchAsync(clickpy, rows -> rows);
  }

  /**
   * Asks in the background as {@link #fetchAsync(ClickPy)}, and makes something of the answer
   * there.
   *
   * @param finish makes it; what it throws is what the future completes with
   */
  public <A> CompletableFuture<A> fetchAsync(
      ClickPy clickpy, Function<? super QueryResult<R>, ? extends A> finish) {
    return clickpy.fetchAsync(this, Objects.requireNonNull(finish, "finish"));
  }

  /**
   * Asks, and gives the rows as they arrive, in constant memory. Close the stream: one closed
   * before its end stops the query on the server. If the answer breaks off, the stream throws; it
   * never just ends. The time limit of the query runs while the stream is read.
   *
   * <p>The stream is for one thread at a time.
   *
   * <pre>{@code
   * Query<String> projects =
   *     Query.of("SELECT project FROM pypi_downloads", row -> row.string("project"));
   * try (Stream<String> names = projects.stream(clickpy)) {
   *   names.limit(100).forEach(System.out::println);
   * }
   * }</pre>
   *
   * @throws ClickPyException if the query fails before its first row
   */
  public Stream<R> stream(ClickPy clickpy) {
    return clickpy.stream(this);
  }

  Statement statement() {
    return statement;
  }

  RowMapper<R> mapper() {
    return mapper;
  }

  Optional<QueryLimits> limits() {
    return Optional.ofNullable(limits);
  }

  @Override
  public String toString() {
    return "Query[" + sql() + "]";
  }
}
