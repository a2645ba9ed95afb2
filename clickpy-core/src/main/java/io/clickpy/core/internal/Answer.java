package io.clickpy.core.internal;

import com.clickhouse.client.api.query.QueryResponse;
import io.clickpy.core.QueryStatistics;
import io.clickpy.core.RowMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An answer on its way: rows, and what they cost. Not thread-safe; close it. */
public final class Answer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
  private final QueryResponse response;
  private final Errors errors;
  private final String queryId;
  private final RowBinaryReader rows;

  Answer(QueryResponse response, Errors errors, String queryId) {
    this.response = response;
    this.errors = errors;
    this.queryId = queryId;
    try {
      this.rows = RowBinaryReader.open(new ServerErrorDetector(response.getInputStream()));
    } catch (Exception e) {
      close();
      throw errors.ofRead(e, queryId);
    }
  }

  /** Returns the id under which the server knows the query. */
  public String queryId() {
    return queryId;
  }

  /** Moves to the next row; false behind the last. */
  public boolean advance() {
    try {
      return rows.next();
    } catch (Exception e) {
      throw errors.ofRead(e, queryId);
    }
  }

  /** Maps the row that {@link #advance()} moved to. */
  public <R> R row(RowMapper<R> mapper) {
    // A null would end a result early, as if there were no more rows.
    return Objects.requireNonNull(mapper.map(rows), "the mapper returned null for a row");
  }

  /** Maps all rows that are left. */
  public <R> List<R> all(RowMapper<R> mapper) {
    List<R> all = new ArrayList<>();
    while (advance()) {
      all.add(row(mapper));
    }
    return all;
  }

  /** Returns what the server counted; complete only for an answer that was whole before it came. */
  public QueryStatistics statistics() {
    return statistics(queryId, response);
  }

  static QueryStatistics statistics(String queryId, QueryResponse response) {
    return new QueryStatistics(
        queryId,
        response.getReadRows(),
        response.getReadBytes(),
        response.getWrittenRows(),
        Duration.ofNanos(response.getServerTime()));
  }

  /** Gives the connection back. What goes wrong here can change no row any more. */
  @Override
  public void close() {
    try {
      response.close();
    } catch (Exception e) {
      LOG.debug("Cannot close the answer to {} cleanly", queryId, e);
    }
  }
}
