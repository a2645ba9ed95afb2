package io.clickpy.query;

import static io.clickpy.query.GeneratedDownloads.NEWEST;
import static io.clickpy.query.GeneratedDownloads.OLDEST;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What buckets of time are, told by the calendar of Java. */
final class Buckets {
  private static final List<Granularity> GRANULARITIES =
      List.of(
          Granularity.DAY,
          Granularity.WEEK,
          Granularity.MONTH,
          Granularity.QUARTER,
          Granularity.YEAR);

  private Buckets() {}

  static Granularity granularity(Random random) {
    return GRANULARITIES.get(random.nextInt(GRANULARITIES.size()));
  }

  static LocalDate start(Granularity granularity, LocalDate day) {
    return switch (granularity) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
      default -> day.withDayOfYear(1);
    };
  }

  static TimeBucket bucket(RandomFilters filters, Granularity granularity, LocalDate start) {
    LocalDate next =
        switch (granularity) {
          case DAY -> start.plusDays(1);
          case WEEK -> start.plusDays(7);
          case MONTH -> start.plusMonths(1);
          case QUARTER -> start.plusMonths(3);
          default -> start.plusYears(1);
        };
    LocalDate last = next.minusDays(1);
    boolean whole = !start.isBefore(firstLoaded(filters)) && !last.isAfter(lastLoaded(filters));
    return new TimeBucket(start, last, !whole);
  }

  private static LocalDate firstLoaded(RandomFilters filters) {
    return filters.first().isBefore(OLDEST) ? OLDEST : filters.first();
  }

  private static LocalDate lastLoaded(RandomFilters filters) {
    return filters.last().isAfter(NEWEST) ? NEWEST : filters.last();
  }

  /** The first days of the buckets that the days asked for and loaded are in. */
  static Stream<LocalDate> starts(RandomFilters filters, Granularity granularity) {
    return loaded(filters).map(day -> start(granularity, day)).distinct();
  }

  /** The days asked for that are loaded. */
  static Stream<LocalDate> loaded(RandomFilters filters) {
    LocalDate first = firstLoaded(filters);
    long days = ChronoUnit.DAYS.between(first, lastLoaded(filters)) + 1;
    return Stream.iterate(first, day -> day.plusDays(1)).limit(Math.max(0, days));
  }
}
