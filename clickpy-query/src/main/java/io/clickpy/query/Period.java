package io.clickpy.query;

import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.PypiSchema;
import java.time.LocalDate;

/** The days that a question is about. */
sealed interface Period {
  /** Returns the condition on the days, as SQL; empty for all of them. */
  String condition();

  /** Binds what the condition needs. */
  <R> Query<R> bind(Query<R> query);

  /** Every day that has been loaded. */
  record AllTime() implements Period {
    @Override
    public String condition() {
      return "";
    }

    @Override
    public <R> Query<R> bind(Query<R> query) {
      return query;
    }
  }

  /**
   * Given days, both ends included.
   *
   * @param days any range; what ClickHouse's type {@code Date} cannot hold has no downloads
   */
  record Between(DateRange days) implements Period {
    private static final LocalDate EARLIEST = LocalDate.EPOCH;
    private static final LocalDate LATEST = LocalDate.of(2149, 6, 6);

    @Override
    public String condition() {
      return Dimension.DATE.column() + " BETWEEN {first_day:Date} AND {last_day:Date}";
    }

    @Override
    public <R> Query<R> bind(Query<R> query) {
      return query.bind("first_day", clamp(days.first())).bind("last_day", clamp(days.last()));
    }

    private static LocalDate clamp(LocalDate day) {
      return day.isBefore(EARLIEST) ? EARLIEST : day.isAfter(LATEST) ? LATEST : day;
    }
  }

  /**
   * The newest days loaded, of whatever project.
   *
   * @param days how many
   */
  record LastDays(int days) implements Period {
    /** Checks the range. */
    public LastDays {
      if (days < 1 || days > 0xffff) {
        throw new IllegalArgumentException(
            "Invalid number of days: " + days + " (must be between 1 and 65535)");
      }
    }

    @Override
    public String condition() {
      // The smallest table that knows the newest day: one row for each project.
      String newestDay =
          "SELECT max(max_date) FROM "
              + PypiSchema.ofDefaults().rollup("pypi_downloads_max_min").name();
      // As numbers, because a date before 1970 would wrap around.
      return Dimension.DATE.column()
          + " >= toDate(greatest(toInt32(("
          + newestDay
          + ")) - {days:UInt16} + 1, 0))";
    }

    @Override
    public <R> Query<R> bind(Query<R> query) {
      return query.bind("days", days);
    }
  }
}
