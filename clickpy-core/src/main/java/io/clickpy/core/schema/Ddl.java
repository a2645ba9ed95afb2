package io.clickpy.core.schema;

import io.clickpy.core.Credentials;
import io.clickpy.core.DatabaseName;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Renders what creates a table, a view or a dictionary. Every statement may be repeated: what
 * exists already stays as it is. Names mean the connection's database.
 *
 * <p>Where a statement takes a clause {@code onCluster}, it is what stands behind the name, as
 * {@code " ON CLUSTER 'main'"}, or empty for the one server that the statement reaches.
 */
public final class Ddl {
  /** ClickHouse's own {@code index_granularity}. */
  static final int DEFAULT_GRANULE = 8_192;

  private Ddl() {}

  /** Returns what creates a table. */
  public static String createTable(Table table) {
    return createTable(table, "", table.engine());
  }

  /**
   * Returns what creates a table with an engine of another family.
   *
   * @param onCluster where to run it
   * @param engine the engine with its arguments, as {@code ReplicatedMergeTree('…', '…')}
   * @param settings settings of the table besides its own, each as {@code name = value}
   */
  public static String createTable(
      Table table, String onCluster, String engine, String... settings) {
    return "CREATE TABLE IF NOT EXISTS %s%s (%s) ENGINE = %s ORDER BY (%s)%s"
        .formatted(
            table.name(),
            onCluster,
            columns(table.columns()) + indexes(table.skipIndexes()),
            engine,
            String.join(", ", table.sortKey()),
            settings(table, settings));
  }

  private static String settings(Table table, String... others) {
    Stream<String> granule =
        table.granule() == DEFAULT_GRANULE
            ? Stream.empty()
            : Stream.of("index_granularity = " + table.granule());
    String all = Stream.concat(granule, Stream.of(others)).collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : " SETTINGS " + all;
  }

  /**
   * Returns what creates the table that reads and writes the {@linkplain Table#local() local
   * tables} of all shards. A row goes to the shard that its project chooses, so that all downloads
   * of a project, and with them all its rows in every rollup, are on one shard.
   *
   * @param onCluster where to run it
   * @param cluster whose shards
   * @param database where the local tables are
   */
  public static String createDistributed(
      Table table, String onCluster, String cluster, DatabaseName database) {
    return "CREATE TABLE IF NOT EXISTS %s%s (%s) ENGINE = Distributed(%s, '%s', '%s', %s)"
        .formatted(
            table.name(),
            onCluster,
            columns(table.columns()),
            quoted(cluster),
            database,
            table.local().name(),
            shardKey(table));
  }

  /** The project as it is stored; spellings that differ are different projects everywhere. */
  private static String shardKey(Table table) {
    String project = Dimension.PROJECT.column();
    List<String> key = table.hasColumn(project) ? List.of(project) : table.sortKey();
    return "cityHash64(%s)".formatted(String.join(", ", key));
  }

  /**
   * Returns what creates the view that fills a rollup.
   *
   * @param source the table whose inserts it watches
   */
  public static String createView(Rollup rollup, DownloadsTable source) {
    return createView(rollup, "", rollup, source);
  }

  /**
   * Returns what creates the view that fills a rollup's rows, wherever they are.
   *
   * @param onCluster where to run it
   * @param target the table that holds the rollup's rows
   * @param source the table whose inserts it watches
   */
  public static String createView(Rollup rollup, String onCluster, Table target, Table source) {
    return "CREATE MATERIALIZED VIEW IF NOT EXISTS %s%s TO %s (%s) AS %s"
        .formatted(
            rollup.viewName(),
            onCluster,
            target.name(),
            columns(rollup.columns()),
            rollup.selectFrom(source));
  }

  /**
   * Returns what creates a dictionary that reads its table as the server's default user.
   *
   * @param database where its table is
   */
  public static String createDictionary(Dictionary dictionary, DatabaseName database) {
    return createDictionary(dictionary, "", database, Credentials.ofDefaults());
  }

  /**
   * Returns what creates a dictionary that reads its table as somebody. The text holds the
   * password: it is to be run, not shown.
   *
   * @param onCluster where to run it
   * @param database where its table is
   * @param reader who reads the table
   */
  public static String createDictionary(
      Dictionary dictionary, String onCluster, DatabaseName database, Credentials reader) {
    String login =
        reader.equals(Credentials.ofDefaults())
            ? ""
            : " USER %s PASSWORD %s".formatted(quoted(reader.user()), quoted(reader.password()));
    return "CREATE DICTIONARY IF NOT EXISTS %s%s (%s) PRIMARY KEY %s SOURCE(CLICKHOUSE(QUERY %s%s))"
            .formatted(
                dictionary.name(),
                onCluster,
                columns(dictionary.columns()),
                dictionary.key(),
                quoted(dictionary.queryIn(database)),
                login)
        + " LIFETIME(MIN 0 MAX 300) LAYOUT(COMPLEX_KEY_HASHED())";
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }

  private static String indexes(List<SkipIndex> indexes) {
    return indexes.stream()
        .map(
            index ->
                ", INDEX %s %s TYPE %s GRANULARITY 1"
                    .formatted(index.name(), index.expression(), index.type()))
        .collect(Collectors.joining());
  }

  private static String columns(List<Column> columns) {
    return columns.stream()
        .map(column -> column.name() + " " + column.type())
        .collect(Collectors.joining(", "));
  }
}
