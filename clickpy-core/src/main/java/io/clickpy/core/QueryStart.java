package io.clickpy.core;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;

/**
 * A statement that is about to be sent; see {@link QueryListener}. It holds no bound value and no
 * password.
 *
 * @param queryId the id under which the server knows it; if it has to be sent again, {@code -2},
 *     {@code -3} … is put behind, unless the program chose the id
 * @param operation the statement's first word in capital letters, as {@code SELECT} or {@code
 *     ALTER}; of a query always {@code SELECT}
 * @param sql the text, values as {@code {name:Type}}; of an insert what stands between {@code
 *     INSERT INTO} and {@code FORMAT}
 * @param table the table that a query says it reads, if it says so
 * @param database where table names without a database are looked up
 * @param endpoint the server
 */
public record QueryStart(
    String queryId,
    String operation,
    String sql,
    Optional<String> table,
    DatabaseName database,
    URI endpoint) {

  /** Checks that nothing is missing. */
  public QueryStart {
    Objects.requireNonNull(queryId, "queryId");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(sql, "sql");
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(endpoint, "endpoint");
  }
}
