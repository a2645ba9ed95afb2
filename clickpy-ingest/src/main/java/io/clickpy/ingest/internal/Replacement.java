package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ConnectionException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Insert;
import io.clickpy.core.OutcomeUnknownException;
import io.clickpy.core.Query;
import io.clickpy.core.QueryException;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import io.clickpy.ingest.source.SourceFile;
import java.io.InputStream;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A private table that is to take the place of {@code projects}; nothing reads it before. Close it.
 *
 * <p>For one thread.
 */
public final class Replacement implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);
  private static final String PREFIX = "clickpy_refresh_";
  private static final int MAX_ATTEMPTS = 4;

  private final ClickPy clickpy;
  private final PypiSchema schema = PypiSchema.ofDefaults();
  private final Table live = schema.projects();
  private final Table staged;

  /** Has the rows of one file at a time, so that a broken insert can be made again. */
  private final Table file;

  private Replacement(ClickPy clickpy, String id) {
    this.clickpy = clickpy;
    this.staged = PypiSchema.withPrefix(PREFIX + id + "_").projects();
    this.file = PypiSchema.withPrefix(PREFIX + id + "_file_").projects();
  }

  /** Creates the table, as the live one is. */
  public static Replacement start(ClickPy clickpy) {
    Replacement replacement =
        new Replacement(clickpy, UUID.randomUUID().toString().replace("-", ""));
    replacement.requireLive();
    replacement.sweep();
    try {
      replacement.create(replacement.staged);
      replacement.create(replacement.file);
    } catch (RuntimeException e) {
      replacement.close();
      throw e;
    }
    return replacement;
  }

  private void requireLive() {
    if (uuid(live).isEmpty()) {
      throw new ClickPyException(
          ErrorCode.NOT_FOUND,
          "Cannot refresh projects in database %s (it has no %s). Migrate it: SchemaMigrator.of(clickpy).migrate()."
              .formatted(clickpy.database(), live.name()));
    }
  }

  private void create(Table table) {
    repeat("CREATE TABLE IF NOT EXISTS %s AS %s".formatted(table.name(), live.name()));
  }

  /** Drops what others left that died: none takes a day. */
  private void sweep() {
    Query.of(
            "SELECT name FROM system.tables WHERE database = currentDatabase()"
                + " AND startsWith(name, {prefix:String})"
                + " AND metadata_modification_time < now() - INTERVAL 1 DAY",
            row -> row.string("name"))
        .bind("prefix", PREFIX)
        .fetch(clickpy)
        .forEach(name -> repeat("DROP TABLE IF EXISTS %s SYNC".formatted(name)));
  }

  /**
   * Adds the rows of a file.
   *
   * @throws ClickPyException if it is no whole Parquet file, or the server cannot be reached
   */
  public void add(SourceFile source) {
    try {
      long rows = ParquetFooter.read(source).rows();
      fill(source);
      long found = size(file).rows();
      if (found != rows) {
        throw new ClickPyException(
            ErrorCode.INVALID_DATA,
            "Its footer promises %s rows, the server found %s.".formatted(rows, found));
      }
    } catch (ClickPyException e) {
      throw new ClickPyException(
          e instanceof QueryException ? ErrorCode.INVALID_DATA : e.code(),
          "Cannot refresh projects from %s (%s) Nothing was changed."
              .formatted(source.uri(), e.getMessage()),
          e,
          e.isRetryable(),
          e.queryId().orElse(null));
    }
    repeat(
        "ALTER TABLE %s MOVE PARTITION tuple() TO TABLE %s".formatted(file.name(), staged.name()));
  }

  private void fill(SourceFile source) {
    for (int attempt = 1; ; attempt++) {
      try {
        repeat("TRUNCATE TABLE " + file.name());
        insert(source);
        return;
      } catch (OutcomeUnknownException | ConnectionException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        LOG.warn("Sending {} once more: {}", source.uri(), e.getMessage());
        e.queryId().ifPresent(clickpy::settle);
      }
    }
  }

  private void insert(SourceFile source) {
    Insert.into(
            file.name(),
            "Parquet",
            out -> {
              try (InputStream in = source.open(0, source.size())) {
                in.transferTo(out);
              }
            })
        .setting("input_format_skip_unknown_fields", "1")
        .setting("input_format_null_as_default", "1")
        .setting("input_format_parquet_allow_missing_columns", "1")
        .execute(clickpy);
  }

  /** Returns how large the new table is. */
  public Size staged() {
    return size(staged);
  }

  /** Returns how large the present table is. */
  public Size live() {
    return size(live);
  }

  private Size size(Table table) {
    return Query.of(
            "SELECT count() AS n, uniqExact(name) AS projects, countIf(name = '') AS nameless FROM "
                + table.name(),
            row ->
                new Size(row.longValue("n"), row.longValue("projects"), row.longValue("nameless")))
        .fetch(clickpy)
        .get(0);
  }

  /**
   * Puts the new table into the place of the present one, and lets the dictionary read it.
   *
   * @throws ClickPyException if that failed; the message says how far it came
   */
  public void exchange() {
    Optional<UUID> wanted = uuid(staged);
    for (int attempt = 1; !uuid(live).equals(wanted); attempt++) {
      try {
        // A second one would undo the first, so it is made only where the first did not arrive.
        Command.of("EXCHANGE TABLES %s AND %s".formatted(staged.name(), live.name()))
            .execute(clickpy);
      } catch (OutcomeUnknownException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        e.queryId().ifPresent(clickpy::settle);
      }
    }
    reload();
  }

  private void reload() {
    String dictionary = schema.dictionary("last_updated_dict").name();
    try {
      repeat("SYSTEM RELOAD DICTIONARY " + dictionary);
    } catch (ClickPyException e) {
      throw new ClickPyException(
          e.code(),
          "The new rows of projects are in place, but %s was not read anew (%s). The server does that by itself within five minutes."
              .formatted(dictionary, e.getMessage()),
          e,
          e.isRetryable(),
          e.queryId().orElse(null));
    }
  }

  private Optional<UUID> uuid(Table table) {
    return Query.of(
            "SELECT toString(uuid) AS uuid FROM system.tables"
                + " WHERE database = currentDatabase() AND name = {name:String}",
            row -> UUID.fromString(row.string("uuid")))
        .bind("name", table.name())
        .fetch(clickpy)
        .stream()
        .findFirst();
  }

  private void repeat(String sql) {
    Command.of(sql).repeatable().execute(clickpy);
  }

  /** Drops the private tables; what goes wrong only leaves them to be swept later. */
  @Override
  public void close() {
    try {
      repeat("DROP TABLE IF EXISTS %s, %s SYNC".formatted(staged.name(), file.name()));
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot drop {}", staged.name(), e);
    }
  }

  /**
   * How large a table is.
   *
   * @param rows rows
   * @param projects names
   * @param nameless rows without one
   */
  public record Size(long rows, long projects, long nameless) {}
}
