package io.clickpy.ingest;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.internal.LoadOptions;
import io.clickpy.ingest.internal.LoadOptions.FailedBefore;
import io.clickpy.ingest.internal.LoadRun;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Brings Parquet files of PyPI downloads into the raw table and every rollup, each file exactly
 * once.
 *
 * <pre>{@code
 * LoadReport report = ParquetLoader.into(clickpy)
 *     .from(ParquetSource.local(Path.of("downloads")))
 *     .load();
 * report.failed().forEach(file -> System.err.println(file.uri() + ": " + file.reason()));
 * }</pre>
 *
 * <h2>Files</h2>
 *
 * <p>A file is BigQuery's {@code file_downloads} or ClickPy's export of it, with nested columns or
 * names with dots, in any codec that the server reads. It needs {@code timestamp}, {@code project}
 * (or {@code file.project}) and {@code file.version}; {@code country_code}, {@code file.type},
 * {@code installer.name}, {@code python}, {@code system.name} (the last three also below {@code
 * details}) are empty where it lacks them, and other columns are never read; {@link
 * #columns(DownloadColumns)} names others. A file whose columns do not fit is refused, with every
 * difference. Timestamps count as UTC whatever their flag says. Project names come into PEP 503
 * normal form, of Python's version the first two parts remain. Rows that are no downloads are
 * {@linkplain RejectReason rejected}, and counted; so are those that a {@link #filter(RowFilter)
 * filter} leaves out.
 *
 * <h2>What is promised</h2>
 *
 * <p>Files are staged in private tables, some dozen at a time, the rollups are derived there and
 * checked against the files' own row counts, and only then everything is moved into the tables that
 * queries read. A file that fails before leaves nothing behind. The table {@code clickpy_loads}
 * keeps what is loaded: the same file with the same content is skipped, and one whose content has
 * changed is refused, or {@linkplain #onChangedFile replaced}. A file is known by its absolute URI:
 * the same folder under another mount point holds other files, and their rows would count again. A
 * loader that dies while it moves leaves its files in a part of the tables; the next load into the
 * database, of whatever files, begins by completing it. Several loaders may work on one database
 * and share the files.
 *
 * <p>This holds on a single server, whose database has the engine {@code Atomic}, also if the
 * server is killed at any moment. If somebody has changed the tables by hand behind such a crash,
 * it can be impossible to tell what was moved: then the files in question fail, and the reason says
 * what to look at. Readers can see a file in some tables a moment before they see it in others.
 *
 * <h2>What it costs</h2>
 *
 * <p>By default the needed columns are sent as they are compressed in the file, in pieces of about
 * 128 MB; the server holds one piece in memory. A row group is never divided, so one whose needed
 * columns have more is one piece; {@link StagingMode} has the other ways. This program holds the
 * footers of the files staged together, of at most 16 MB each, and less than 128 MB of one, however
 * large that is.
 *
 * <p>Loaders are immutable and thread-safe.
 */
@CheckReturnValue
public final class ParquetLoader {
  private final ClickPy clickpy;
  private final List<ParquetSource> sources;
  private final List<LoadListener> listeners;
  private final LoadOptions options;

  private ParquetLoader(
      ClickPy clickpy,
      List<ParquetSource> sources,
      List<LoadListener> listeners,
      LoadOptions options) {
    this.clickpy = clickpy;
    this.sources = sources;
    this.listeners = listeners;
    this.options = options;
  }

  /** Returns a loader without a source yet, into the tables of a connection. */
  public static ParquetLoader into(ClickPy clickpy) {
    return new ParquetLoader(
        Objects.requireNonNull(clickpy, "clickpy"), List.of(), List.of(), LoadOptions.ofDefaults());
  }

  /** Returns this loader with one more source; their files are loaded one after the other. */
  public ParquetLoader from(ParquetSource source) {
    return new ParquetLoader(clickpy, appended(sources, source, "source"), listeners, options);
  }

  /** Returns this loader with one more listener. */
  public ParquetLoader listener(LoadListener listener) {
    return new ParquetLoader(clickpy, sources, appended(listeners, listener, "listener"), options);
  }

  /**
   * Returns this loader into other tables; {@link PypiSchema#ofDefaults()} by default.
   *
   * @throws IllegalArgumentException if they are ClickPy's own, which only ClickPy fills
   */
  public ParquetLoader schema(PypiSchema schema) {
    return with(options.withSchema(schema));
  }

  /**
   * Returns this loader trying again files that an earlier load could not load by their own fault.
   * Without it they are reported as failed, with the reason of that time, until they change or are
   * read with other columns or in another way.
   */
  public ParquetLoader retryFailed() {
    return with(options.withFailedBefore(FailedBefore.RETRY));
  }

  /**
   * Returns this loader with another choice about files that were loaded before with another
   * content; {@link ChangedFile#REFUSE} by default. Either way the ledger notes the change, and
   * {@link Completeness} calls the days of such a file stale until they are right.
   */
  public ParquetLoader onChangedFile(ChangedFile choice) {
    return with(options.withChanged(Objects.requireNonNull(choice, "choice")));
  }

  /**
   * Returns this loader with another time after which it counts as dead if nothing is heard of it;
   * 20 seconds by default. Other loaders take over the work of one that counts as dead, and wait
   * for one that does not. Too short a time wastes work, and counts nothing twice.
   *
   * @param lease at least a second
   * @throws IllegalArgumentException if it is shorter
   */
  public ParquetLoader lease(Duration lease) {
    return with(options.withLease(lease));
  }

  /**
   * Returns this loader for files with other columns than BigQuery's. A file that is loaded already
   * is skipped, however it was read.
   */
  public ParquetLoader columns(DownloadColumns columns) {
    return with(options.withColumns(Objects.requireNonNull(columns, "columns")));
  }

  /**
   * Returns this loader with another choice of rows; {@link RowFilter#NONE} by default. A file that
   * is loaded already is skipped, however it was filtered.
   */
  public ParquetLoader filter(RowFilter filter) {
    return with(options.withFilter(Objects.requireNonNull(filter, "filter")));
  }

  /** Returns this loader with another way to bring rows to the server; {@code AUTO} by default. */
  public ParquetLoader staging(StagingMode mode) {
    return with(options.withStaging(Objects.requireNonNull(mode, "mode")));
  }

  /**
   * Returns this loader noting what it loads in another ledger; by default that is the table {@code
   * clickpy_loads}. All loads into the same tables must use the same ledger, from the first: what
   * another one knows counts as not loaded.
   */
  public ParquetLoader ledger(Ledger ledger) {
    return with(options.withLedger(Objects.requireNonNull(ledger, "ledger")));
  }

  private ParquetLoader with(LoadOptions changed) {
    return new ParquetLoader(clickpy, sources, listeners, changed);
  }

  /**
   * Loads the files, one after the other, and waits for the end.
   *
   * <p>A file that fails does not stop the others, and does not make this method throw, not even if
   * all fail: look at the report, or call {@link LoadReport#throwIfFailed()}. If the server is lost
   * or the thread is interrupted, the files left over fail as not tried; the interrupt stays set.
   *
   * @return what became of each file
   * @throws IllegalStateException if there is no source
   * @throws ClickPyException if a source cannot be listed, the server cannot be reached, or the
   *     tables are missing; then no file has been tried
   */
  @CanIgnoreReturnValue
  public LoadReport load() {
    requireSource();
    List<SourceFile> files = new ArrayList<>();
    for (ParquetSource source : sources) {
      files.addAll(list(source));
    }
    return LoadRun.run(clickpy, options, files, listeners);
  }

  /**
   * Loads the files as {@link #load()} does, in the background; the result can be cancelled.
   *
   * @throws IllegalStateException if there is no source
   */
  public RunningLoad start() {
    requireSource();
    return new RunningLoad(this);
  }

  private void requireSource() {
    if (sources.isEmpty()) {
      throw new IllegalStateException("No source to load. Name one: from(ParquetSource.local(…)).");
    }
  }

  private static List<SourceFile> list(ParquetSource source) {
    try {
      return source.list();
    } catch (ClickPyException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot list %s (%s: %s). Check that it is there and may be read."
              .formatted(source, e.getClass().getSimpleName(), e.getMessage()),
          e);
    }
  }

  private static <T> List<T> appended(List<T> list, T value, String name) {
    return Stream.concat(list.stream(), Stream.of(Objects.requireNonNull(value, name))).toList();
  }

  @Override
  public String toString() {
    return "ParquetLoader[into " + clickpy + " from " + sources + "]";
  }
}
