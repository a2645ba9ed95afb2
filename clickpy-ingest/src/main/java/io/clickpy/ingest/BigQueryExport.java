package io.clickpy.ingest;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The statement that lets BigQuery export downloads as Parquet files that a {@link ParquetLoader}
 * reads. It names only the columns that are loaded, because BigQuery bills by them.
 *
 * <pre>{@code
 * BigQueryExport export =
 *     BigQueryExport.to("gs://my-bucket/downloads/august")
 *         .between(DateRange.of(LocalDate.of(2024, 8, 1), LocalDate.of(2024, 8, 31)));
 * String sql = export.sql();     // for BigQuery
 * String files = export.files(); // gs://my-bucket/downloads/august/*.parquet, for a source
 * }</pre>
 *
 * <p>Without limits it exports everything, 15 TB in 2023. BigQuery appends late rows to a day after
 * its end, so the newest days are not whole yet. Immutable and thread-safe.
 */
@CheckReturnValue
public final class BigQueryExport {
  private static final String TABLE = "bigquery-public-data.pypi.file_downloads";
  private static final Pattern FOLDER =
      Pattern.compile("gs://[a-z0-9][a-z0-9._-]{1,220}[a-z0-9](/[A-Za-z0-9._=+-]+)*");
  private static final Pattern TABLE_NAME =
      Pattern.compile("[A-Za-z0-9._:-]{1,200}\\.[A-Za-z0-9_]{1,1000}\\.[A-Za-z0-9_$-]{1,1000}");
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'+00:00'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String folder;
  private final String table;
  private final Codec codec;
  private final Instant from;
  private final @Nullable Instant until;

  private BigQueryExport(
      String folder, String table, Codec codec, Instant from, @Nullable Instant until) {
    this.folder = folder;
    this.table = table;
    this.codec = codec;
    this.from = from;
    this.until = until;
  }

  /**
   * Returns an export of everything.
   *
   * @param folder where the files go, as {@code gs://bucket/some/folder}; of letters, digits and
   *     {@code . _ = + -}. Files of an earlier export into it stay, so use a new one each time
   * @throws IllegalArgumentException if it has another form
   */
  public static BigQueryExport to(String folder) {
    return new BigQueryExport(checkFolder(folder), TABLE, Codec.ZSTD, Instant.EPOCH, null);
  }

  private static String checkFolder(String folder) {
    if (!FOLDER.matcher(folder).matches()) {
      throw new IllegalArgumentException(
          "Invalid folder of an export: '%s' (must be as gs://bucket/some/folder, of letters, digits and . _ = + -)"
              .formatted(folder));
    }
    return folder;
  }

  /** Returns this export into another folder, likewise. */
  public BigQueryExport into(String value) {
    return new BigQueryExport(checkFolder(value), table, codec, from, until);
  }

  /**
   * Returns this export of another table with the same columns, for example a copy.
   *
   * @param value project, dataset and table; {@code bigquery-public-data.pypi.file_downloads} by
   *     default
   * @throws IllegalArgumentException if it has another form
   */
  public BigQueryExport table(String value) {
    if (!TABLE_NAME.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Invalid table: '%s' (must be as project.dataset.table)".formatted(value));
    }
    return new BigQueryExport(folder, value, codec, from, until);
  }

  /** Returns this export with files of another codec; {@link Codec#ZSTD} by default. */
  public BigQueryExport codec(Codec value) {
    return new BigQueryExport(folder, table, Objects.requireNonNull(value), from, until);
  }

  /** Returns this export of some days in UTC. */
  public BigQueryExport between(DateRange days) {
    return from(startOf(days.first())).until(startOf(days.last().plusDays(1)));
  }

  /**
   * Returns this export without downloads before a moment.
   *
   * @throws IllegalArgumentException if it is no whole second, as timestamps are
   */
  public BigQueryExport from(Instant value) {
    return new BigQueryExport(folder, table, codec, wholeSecond(value), until);
  }

  /**
   * Returns this export without downloads at a moment or later.
   *
   * @throws IllegalArgumentException if it is no whole second, as timestamps are
   */
  public BigQueryExport until(Instant value) {
    return new BigQueryExport(folder, table, codec, from, wholeSecond(value));
  }

  /**
   * Returns this export of what is newer than the newest day that is loaded; of everything, if
   * nothing is. A day that is loaded in part counts as loaded: {@link IncrementalSync} knows hours.
   *
   * @throws ClickPyException if the server cannot tell
   */
  public BigQueryExport sinceNewestDay(ClickPy clickpy) {
    LocalDate newest = newestDay(clickpy);
    return from(newest.equals(LocalDate.EPOCH) ? Instant.EPOCH : startOf(newest.plusDays(1)));
  }

  /** Returns the newest day that is loaded; 1970-01-01 if none is. */
  static LocalDate newestDay(ClickPy clickpy) {
    return Query.of(
            "SELECT max(max_date) AS newest FROM "
                + PypiSchema.ofDefaults().rollup("pypi_downloads_max_min").name(),
            row -> row.date("newest"))
        .fetch(clickpy)
        .get(0);
  }

  private static Instant startOf(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  private static Instant wholeSecond(Instant value) {
    if (!value.equals(value.truncatedTo(ChronoUnit.SECONDS))) {
      throw new IllegalArgumentException(
          "Invalid limit of an export: %s (must be a whole second)".formatted(value));
    }
    return value;
  }

  /** Returns the statement. */
  public String sql() {
    return String.join(
        "\n",
        "EXPORT DATA OPTIONS (",
        "  uri = '%s',".formatted(files()),
        "  format = 'PARQUET',",
        "  compression = '%s',".formatted(codec.name()),
        "  overwrite = false",
        ") AS",
        "SELECT",
        "  timestamp,",
        "  country_code,",
        "  project,",
        "  STRUCT(file.version AS version, file.type AS type) AS file,",
        "  STRUCT(",
        "    STRUCT(details.installer.name AS name) AS installer,",
        "    details.python AS python,",
        "    STRUCT(details.system.name AS name) AS system",
        "  ) AS details",
        fromAndWhere());
  }

  /**
   * Returns the query for the number of rows that this exports, as {@code n}. BigQuery reads the
   * timestamps for it, 40 GB of a day in 2026.
   */
  public String countSql() {
    return "SELECT COUNT(*) AS n\n" + fromAndWhere();
  }

  /** Says always from when: BigQuery refuses to read the table without a limit. */
  private String fromAndWhere() {
    String clause =
        "FROM `%s`\nWHERE timestamp >= TIMESTAMP '%s'".formatted(table, TIMESTAMP.format(from));
    return until == null
        ? clause
        : clause + "\n  AND timestamp < TIMESTAMP '%s'".formatted(TIMESTAMP.format(until));
  }

  /** Returns the files that the export writes, as a pattern with one {@code *}. */
  public String files() {
    return folder + "/*.parquet";
  }

  /** Returns the folder of the files. */
  String folder() {
    return folder;
  }

  /** Returns the statement. */
  @Override
  public String toString() {
    return sql();
  }

  /** The codecs that BigQuery writes Parquet with. */
  public enum Codec {
    /** The smallest files. */
    ZSTD,
    /** The quickest to read. */
    SNAPPY,
    /** For readers that know no other. */
    GZIP
  }
}
