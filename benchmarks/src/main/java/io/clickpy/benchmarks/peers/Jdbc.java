package io.clickpy.benchmarks.peers;

import io.clickpy.core.Download;
import io.clickpy.core.Query;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Questions asked, and batches inserted, through clickhouse-jdbc. */
public final class Jdbc implements AutoCloseable {
  private static final Pattern PLACE = Pattern.compile("\\{(\\w+):[^}]*}");

  private final Connection connection;

  /** Connects to a database. */
  public Jdbc(URI endpoint, String database) throws SQLException {
    connection =
        DriverManager.getConnection(
            "jdbc:clickhouse://%s:%d/%s"
                .formatted(endpoint.getHost(), endpoint.getPort(), database));
  }

  /** Asks, and reads the whole answer. */
  public <R> List<R> fetch(Query<?> question, Decoder<R> decoder) throws SQLException {
    List<R> rows = new ArrayList<>();
    Matcher place = PLACE.matcher(question.sql());
    try (PreparedStatement statement = connection.prepareStatement(place.replaceAll("?"))) {
      place.reset();
      for (int i = 1; place.find(); i++) {
        statement.setObject(i, question.parameters().get(place.group(1)));
      }
      try (ResultSet answer = statement.executeQuery()) {
        while (answer.next()) {
          rows.add(decoder.row(answer));
        }
      }
    }
    return rows;
  }

  /** Inserts downloads into the raw table, a batch at a time. */
  public void insert(List<Download> downloads, int batchRows) throws SQLException {
    String insert =
        "INSERT INTO pypi"
            + " (date, country_code, project, type, installer, python_minor, system, version)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      int waiting = 0;
      for (Download download : downloads) {
        statement.setObject(1, download.date());
        statement.setString(2, download.country());
        statement.setString(3, download.project().value());
        statement.setString(4, download.fileType());
        statement.setString(5, download.installer());
        statement.setString(6, download.python());
        statement.setString(7, download.system());
        statement.setString(8, download.version());
        statement.addBatch();
        if (++waiting == batchRows) {
          statement.executeBatch();
          waiting = 0;
        }
      }
      if (waiting > 0) {
        statement.executeBatch();
      }
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /**
   * Makes a row of the result set's current one.
   *
   * @param <R> what a row becomes
   */
  @FunctionalInterface
  public interface Decoder<R> {
    /** Reads the columns of one row. */
    R row(ResultSet row) throws SQLException;
  }
}
