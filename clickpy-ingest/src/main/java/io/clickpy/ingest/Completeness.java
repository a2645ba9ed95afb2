package io.clickpy.ingest;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.DateRange;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.internal.LoadOptions;
import io.clickpy.ingest.internal.Stocktaking;
import io.clickpy.ingest.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which days and files are completely in the tables.
 *
 * <pre>{@code
 * CompletenessReport report =
 *     Completeness.of(clickpy)
 *         .between(DateRange.of(LocalDate.of(2024, 8, 1), LocalDate.of(2024, 8, 31)))
 *         .report();
 * report.newestWholeDay().ifPresent(day -> System.out.println("whole until " + day));
 * report.days(DayState.MISSING).forEach(day -> System.out.println("load " + day.day()));
 * }</pre>
 *
 * <h2>What it goes by</h2>
 *
 * <p>Downloads per day, from a rollup; what files brought on each day, from the ledger of loads;
 * the turns in which files are being published; how far {@link IncrementalSync} has come, and what
 * it found when it compared days with BigQuery; and what the caller {@linkplain #expecting
 * expects}. Nothing is written. It costs a few short queries, and one look at every file of the
 * ledger.
 *
 * <p>A day is
 *
 * <ul>
 *   <li>{@link DayState#MISSING} if it has no downloads, unless none are expected, or files that
 *       hold it are being published;
 *   <li>{@link DayState#PARTIAL} if
 *       <ul>
 *         <li>it has fewer downloads than expected, or than loaded files brought;
 *         <li>files that hold it are being published, or nobody can tell whether they are;
 *         <li>a synchronization has begun on it or before, and has not come to its end;
 *         <li>it is not over by the clock; or no later day has downloads, and neither a
 *             synchronization nor an expectation that is met says that nothing more will come;
 *       </ul>
 *   <li>{@link DayState#STALE} if
 *       <ul>
 *         <li>it has more downloads than expected; or fewer, although it is synchronized to its
 *             end;
 *         <li>BigQuery had other rows of it when a synchronization last compared them than had been
 *             loaded, and has not as many as there are downloads;
 *         <li>a file that holds it was loaded, and has been seen with another content since;
 *       </ul>
 *   <li>{@link DayState#WHOLE} otherwise.
 * </ul>
 *
 * <p>The first of these that is true counts. Where nothing but the tables is known, as with rows of
 * a {@link DownloadWriter}, every day before the newest is whole; say what you expect to know
 * better. It is a look at tables that may change meanwhile.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class Completeness {
  /** What a column of the type {@code Date} can hold. */
  private static final DateRange ALL_DAYS = DateRange.of(LocalDate.EPOCH, LocalDate.of(2149, 6, 6));

  private final ClickPy clickpy;
  private final Options options;

  private Completeness(ClickPy clickpy, Options options) {
    this.clickpy = clickpy;
    this.options = options;
  }

  /**
   * Returns the completeness of a connection's tables, of every day from the first to the newest.
   */
  public static Completeness of(ClickPy clickpy) {
    return new Completeness(
        Objects.requireNonNull(clickpy, "clickpy"),
        new Options(
            PypiSchema.ofDefaults(),
            Optional.empty(),
            Optional.empty(),
            day -> OptionalLong.empty(),
            Clock.systemUTC()));
  }

  /**
   * Returns the completeness of some days; those without downloads are missing.
   *
   * @throws IllegalArgumentException if one is before 1970 or after 2149-06-06, which no table
   *     holds
   */
  public Completeness between(DateRange days) {
    if (days.first().isBefore(ALL_DAYS.first()) || days.last().isAfter(ALL_DAYS.last())) {
      throw new IllegalArgumentException(
          "Invalid days: %s (must be within %s)".formatted(days, ALL_DAYS));
    }
    return with(options.days(days));
  }

  /**
   * Returns the completeness by what somebody expects, who is asked once for each day of a report.
   * What he throws, the report throws.
   *
   * @param value knows how many downloads should be in the tables; with a {@link RowFilter}, those
   *     that it takes
   */
  public Completeness expecting(ExpectedDownloads value) {
    return with(options.expected(Objects.requireNonNull(value, "expected")));
  }

  /**
   * Returns the completeness of other tables; {@link PypiSchema#ofDefaults()} by default, which are
   * the only ones that {@link IncrementalSync} fills.
   *
   * @throws IllegalArgumentException if they are ClickPy's own, which only ClickPy fills
   */
  public Completeness schema(PypiSchema schema) {
    return with(options.schema(LoadOptions.requireOurs(schema)));
  }

  /** Returns the completeness by the ledger that {@link ParquetLoader#ledger} was given. */
  public Completeness ledger(Ledger ledger) {
    return with(options.ledger(Objects.requireNonNull(ledger, "ledger")));
  }

  Completeness clock(Clock clock) {
    return with(options.clock(clock));
  }

  private Completeness with(Options value) {
    return new Completeness(clickpy, value);
  }

  /**
   * Returns what is known of each day; of no day if nothing is loaded and no days were asked for.
   *
   * @throws ClickPyException if the server cannot be reached or lacks the tables
   */
  public CompletenessReport report() {
    Stocktaking stock = stock();
    return new CompletenessReport(
        options
            .days()
            .or(stock::loadedDays)
            .map(days -> stock.days(days, options.expected(), options.clock().instant()))
            .orElse(List.of()));
  }

  /**
   * Returns the files that are completely published, in the order of their names; with {@link
   * #between}, those of whose downloads on these days some are left. Of a file that was replaced,
   * its newest content.
   *
   * @throws ClickPyException if the server cannot be reached
   */
  public List<PublishedFile> files() {
    List<PublishedFile> files = new ArrayList<>();
    stock()
        .files(
            options.days().orElse(ALL_DAYS),
            file -> {
              if (options.days().isEmpty() || !file.days().isEmpty()) {
                files.add(file);
              }
            });
    return List.copyOf(files);
  }

  /**
   * Returns a job that tells a listener when data stop arriving in these tables.
   *
   * @param staleAfter how old the newest data may be. BigQuery's rows come some hours late, and a
   *     day that is loaded as a whole is one day old before it begins to age
   * @throws IllegalArgumentException if that is negative
   */
  public ArrivalWatch watch(Duration staleAfter, ArrivalListener listener) {
    if (staleAfter.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid age of data: %s (must be >= 0)".formatted(staleAfter));
    }
    return new ArrivalWatch(
        stock()::newest, staleAfter, Objects.requireNonNull(listener, "listener"), options.clock());
  }

  private Stocktaking stock() {
    return new Stocktaking(clickpy, options.schema(), options.ledger());
  }

  @Override
  public String toString() {
    return "Completeness[" + clickpy + "]";
  }

  /** What can be refined. */
  private record Options(
      PypiSchema schema,
      Optional<Ledger> ledger,
      Optional<DateRange> days,
      ExpectedDownloads expected,
      Clock clock) {
    Options schema(PypiSchema value) {
      return new Options(value, ledger, days, expected, clock);
    }

    Options ledger(Ledger value) {
      return new Options(schema, Optional.of(value), days, expected, clock);
    }

    Options days(DateRange value) {
      return new Options(schema, ledger, Optional.of(value), expected, clock);
    }

    Options expected(ExpectedDownloads value) {
      return new Options(schema, ledger, days, value, clock);
    }

    Options clock(Clock value) {
      return new Options(schema, ledger, days, expected, value);
    }
  }
}
