package io.clickpy.ingest;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.internal.DayReplacement;
import io.clickpy.ingest.internal.EmptyDays;
import io.clickpy.ingest.internal.Listing;
import io.clickpy.ingest.internal.LoadOptions;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.source.ParquetSource;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Puts a day right that was loaded wrong: every table ends as if it had been loaded right the first
 * time, also those that know no days.
 *
 * <pre>{@code
 * LocalDate day = LocalDate.of(2024, 6, 18);
 * DayRepair repair = DayRepair.of(clickpy);
 * RepairReport report = repair.replace(day, ParquetSource.local(Path.of("2024-06-18")));
 * repair.confirm(day); // or: repair.undo(day)
 * }</pre>
 *
 * <h2>What is promised</h2>
 *
 * <p>The downloads that the day has when the call begins are replaced by those of the source, and
 * the files of the source count as loaded. Nobody has to stop: what loaders and writers bring
 * meanwhile counts as well, be it of this day or of others. The new downloads are staged and
 * checked, the old ones are copied, and what each rollup has to gain or lose is computed, before
 * anything is changed that others read. Then each rollup changes in one moment, one after the
 * other; the raw table loses the old downloads first. The first and last days of projects that have
 * lost one come last.
 *
 * <p>If the program or the server dies, either nothing was changed, or the next call completes what
 * was begun, and a load does so but for the first and last days: make the same call again. It does
 * not happen twice.
 *
 * <p>What the day had is kept until {@link #confirm(LocalDate)}; {@link #undo(LocalDate)} brings it
 * back. It needs the room of the day's downloads once more. A day whose downloads of before are
 * kept cannot be replaced again by something else.
 *
 * <p>It works on a single server with plain tables of the {@code MergeTree} family, by one program
 * at a time, and takes a day in one piece: the server needs as much memory and disk as for a load
 * of all its files together. While it works, the raw table keeps the number of the block in which
 * each row came ({@code enable_block_number_column}).
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class DayRepair {
  private final ClickPy clickpy;
  private final LoadOptions options;
  private final EmptyDays empty;
  private final List<RepairListener> listeners;

  private DayRepair(
      ClickPy clickpy, LoadOptions options, EmptyDays empty, List<RepairListener> listeners) {
    this.clickpy = clickpy;
    this.options = options;
    this.empty = empty;
    this.listeners = listeners;
  }

  /** Returns the repair of days in the tables of a connection. */
  public static DayRepair of(ClickPy clickpy) {
    return new DayRepair(
        Objects.requireNonNull(clickpy, "clickpy"),
        LoadOptions.ofDefaults(),
        EmptyDays.REFUSED,
        List.of());
  }

  /**
   * Returns this repair in other tables; {@link PypiSchema#ofDefaults()} by default.
   *
   * @throws IllegalArgumentException if they are ClickPy's own, which only ClickPy fills
   */
  public DayRepair schema(PypiSchema schema) {
    return with(options.withSchema(schema));
  }

  /** Returns this repair for files with other columns than BigQuery's. */
  public DayRepair columns(DownloadColumns columns) {
    return with(options.withColumns(Objects.requireNonNull(columns, "columns")));
  }

  /** Returns this repair with another choice of rows; {@link RowFilter#NONE} by default. */
  public DayRepair filter(RowFilter filter) {
    return with(options.withFilter(Objects.requireNonNull(filter, "filter")));
  }

  /** Returns this repair with another way to bring rows to the server; {@code AUTO} by default. */
  public DayRepair staging(StagingMode mode) {
    return with(options.withStaging(Objects.requireNonNull(mode, "mode")));
  }

  /**
   * Returns this repair with another time after which it counts as dead if nothing is heard of it,
   * as {@link ParquetLoader#lease(Duration)}; 20 seconds by default. So long, too, it waits for
   * rollups that do not agree with the raw table.
   *
   * @param lease at least a second
   * @throws IllegalArgumentException if it is shorter
   */
  public DayRepair lease(Duration lease) {
    return with(options.withLease(lease));
  }

  /** Returns this repair by the ledger that {@link ParquetLoader#ledger} was given. */
  public DayRepair ledger(Ledger ledger) {
    return with(options.withLedger(Objects.requireNonNull(ledger, "ledger")));
  }

  private DayRepair with(LoadOptions changed) {
    return new DayRepair(clickpy, changed, empty, listeners);
  }

  /** Returns this repair, which lets a source without downloads take away all that a day has. */
  public DayRepair allowEmpty() {
    return new DayRepair(clickpy, options, EmptyDays.ALLOWED, listeners);
  }

  /** Returns this repair with one more listener. */
  public DayRepair listener(RepairListener listener) {
    return new DayRepair(
        clickpy,
        options,
        empty,
        Stream.concat(listeners.stream(), Stream.of(Objects.requireNonNull(listener, "listener")))
            .toList());
  }

  /**
   * Replaces all downloads of a day by those of a source. If the same source has replaced the day
   * before, and what it replaced is still kept, nothing is done. Until the tables change, which
   * takes a moment, interrupting the thread stops it, with {@link
   * io.clickpy.core.ErrorCode#CANCELLED}.
   *
   * @param day the day in UTC
   * @param source has the downloads of that day, and of no other
   * @throws ClickPyException if the source cannot be read, has no downloads or such of other days;
   *     if what the day had before is kept; if a rollup does not agree with the raw table about the
   *     day; if the tables are missing or not on a single server, if somebody else repairs, or if
   *     the server cannot be reached. The message says whether anything was changed
   */
  @CanIgnoreReturnValue
  public RepairReport replace(LocalDate day, ParquetSource source) {
    Objects.requireNonNull(day, "day");
    return replacement().replace(List.of(day), Listing.of(source));
  }

  /**
   * Forgets what a day had before it was replaced.
   *
   * @throws ClickPyException if nothing of it is kept, if somebody else repairs, or if the server
   *     cannot be reached
   */
  public void confirm(LocalDate day) {
    replacement().confirm(Objects.requireNonNull(day, "day"));
  }

  /**
   * Brings back what a day had before it was replaced, as {@link #replace} does; days that were
   * replaced together come back together.
   *
   * @throws ClickPyException if nothing of it is kept; if downloads of the day have come or gone
   *     since it was replaced, which would be lost; and as {@link #replace}
   */
  @CanIgnoreReturnValue
  public RepairReport undo(LocalDate day) {
    return replacement().undo(Objects.requireNonNull(day, "day"));
  }

  /**
   * Returns the days that were replaced and neither confirmed nor undone, oldest first.
   *
   * @throws ClickPyException if the server cannot be reached
   */
  public List<KeptDays> kept() {
    return replacement().kept();
  }

  private DayReplacement replacement() {
    return new DayReplacement(clickpy, options, empty, listeners);
  }

  @Override
  public String toString() {
    return "DayRepair[" + clickpy + "]";
  }
}
