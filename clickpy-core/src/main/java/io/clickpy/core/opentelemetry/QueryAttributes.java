package io.clickpy.core.opentelemetry;

import io.clickpy.core.QueryEnd;
import io.clickpy.core.QueryException;
import io.clickpy.core.QueryStart;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;

/** What there is to say of a query, under the names of OpenTelemetry's conventions. */
final class QueryAttributes {
  static final AttributeKey<String> QUERY_TEXT = AttributeKey.stringKey("db.query.text");

  private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
  private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
  private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
  private static final AttributeKey<String> COLLECTION =
      AttributeKey.stringKey("db.collection.name");
  private static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
  private static final AttributeKey<String> STATUS =
      AttributeKey.stringKey("db.response.status_code");
  private static final AttributeKey<Long> RETURNED_ROWS =
      AttributeKey.longKey("db.response.returned_rows");
  private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<String> ADDRESS = AttributeKey.stringKey("server.address");
  private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
  private static final AttributeKey<String> QUERY_ID = AttributeKey.stringKey("clickpy.query_id");
  private static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("clickpy.attempts");
  private static final AttributeKey<Long> ROWS_READ = AttributeKey.longKey("clickpy.rows_read");
  private static final AttributeKey<Long> BYTES_READ = AttributeKey.longKey("clickpy.bytes_read");

  private QueryAttributes() {}

  /** What the query is, in few different words. */
  static String summary(QueryStart start) {
    return start.table().map(table -> start.operation() + " " + table).orElse(start.operation());
  }

  /** What is known when it starts; few different values. */
  static Attributes of(QueryStart start) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(SYSTEM, "clickhouse")
            .put(NAMESPACE, start.database().value())
            .put(OPERATION, start.operation())
            .put(SUMMARY, summary(start))
            .put(ADDRESS, start.endpoint().getHost())
            .put(PORT, (long) start.endpoint().getPort());
    start.table().ifPresent(table -> attributes.put(COLLECTION, table));
    return attributes.build();
  }

  /** What an error was; few different values, and none if there was no error. */
  static Attributes ofError(QueryEnd end) {
    AttributesBuilder attributes = Attributes.builder();
    end.errorType().ifPresent(type -> attributes.put(ERROR_TYPE, type));
    end.error()
        .filter(QueryException.class::isInstance)
        .map(error -> ((QueryException) error).serverCode())
        .ifPresent(code -> attributes.put(STATUS, Integer.toString(code)));
    return attributes.build();
  }

  /** What else is known at the end. */
  static Attributes of(QueryEnd end) {
    AttributesBuilder attributes =
        Attributes.builder()
            .put(QUERY_ID, end.queryId())
            .put(ATTEMPTS, (long) end.attempts())
            .put(RETURNED_ROWS, end.rows());
    end.statistics()
        .ifPresent(
            statistics ->
                attributes
                    .put(ROWS_READ, statistics.rowsRead())
                    .put(BYTES_READ, statistics.bytesRead()));
    return attributes.build();
  }
}
