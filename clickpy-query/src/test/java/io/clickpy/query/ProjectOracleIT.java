package io.clickpy.query;

import static io.clickpy.query.GeneratedDownloads.NEWEST;
import static java.util.Comparator.naturalOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.DateRange;
import io.clickpy.query.Oracle.Case;
import io.clickpy.query.Oracle.Cell;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every question about how much a project is downloaded, with random filters, gives what plain SQL
 * over the raw table gives, bucketed by Java.
 */
class ProjectOracleIT {
  @RegisterExtension static final Oracle ORACLE = new Oracle();

  @Test
  void downloadsInAllAndOverTime() {
    ORACLE.compare(
        random -> {
          RandomFilters filters = RandomFilters.of(random);
          return switch (random.nextInt(3)) {
            case 0 -> totalAndSpan(filters);
            case 1 -> perDay(filters);
            default -> overTime(filters, Buckets.granularity(random));
          };
        });
  }

  @Test
  void summariesAndAdoption() {
    ORACLE.compare(
        random -> {
          RandomFilters filters = RandomFilters.of(random);
          return random.nextBoolean()
              ? summary(filters)
              : adoption(
                  filters,
                  RandomFilters.pick(GeneratedDownloads.VERSIONS, random),
                  1 + random.nextInt(100));
        });
  }

  private static Case totalAndSpan(RandomFilters filters) {
    return Case.ofDownloads(
        filters,
        "''",
        "''",
        (clickpy, raw) -> {
          long count = raw.stream().mapToLong(Cell::count).sum();

          assertThat(filters.on(PypiStats.totalDownloads(filters.project())).fetch(clickpy))
              .isEqualTo(
                  count == 0
                      ? Optional.empty()
                      : Optional.of(new ProjectDownloads(filters.project(), count)));
          assertThat(filters.on(PypiStats.firstAndLastDownload(filters.project())).fetch(clickpy))
              .isEqualTo(
                  count == 0
                      ? Optional.empty()
                      : Optional.of(
                          DateRange.of(raw.get(0).date(), raw.get(raw.size() - 1).date())));
        });
  }

  private static Case summary(RandomFilters filters) {
    return Case.of(
        filters,
        Oracle.downloads("date", "project", "''", "''", filters.timelessSql()),
        (clickpy, raw) -> {
          List<LocalDate> asked = Buckets.loaded(filters).toList();
          Optional<DownloadSummary> expected = Optional.empty();
          if (!asked.isEmpty()) {
            LocalDate last = asked.get(asked.size() - 1);
            DownloadSummary summary =
                new DownloadSummary(
                    period(raw, last, 1),
                    period(raw, last, 7),
                    period(raw, last, 30),
                    period(raw, last, asked.size()));
            PeriodDownloads longest = asked.size() > 30 ? summary.all() : summary.lastMonth();
            expected =
                longest.count() + longest.previous() == 0 ? Optional.empty() : Optional.of(summary);
          }

          assertThat(filters.on(PypiStats.summary(filters.project())).fetch(clickpy))
              .isEqualTo(expected);
        });
  }

  private static PeriodDownloads period(List<Cell> cells, LocalDate last, int days) {
    DateRange range = DateRange.of(last.minusDays(days - 1), last);
    return new PeriodDownloads(
        range,
        count(cells, range),
        count(cells, DateRange.of(last.minusDays(2L * days - 1), last.minusDays(days))));
  }

  private static long count(List<Cell> cells, DateRange days) {
    return cells.stream()
        .filter(c -> !c.date().isBefore(days.first()) && !c.date().isAfter(days.last()))
        .mapToLong(Cell::count)
        .sum();
  }

  private static Case adoption(RandomFilters filters, String version, int days) {
    String condition = "project = '%s' AND %s".formatted(filters.project(), filters.clientsSql());
    return Case.of(
        filters + " " + version,
        Oracle.downloads("date", "project", "version", "''", condition),
        (clickpy, raw) -> {
          Map<LocalDate, Long> ofProject = Oracle.sums(raw, Cell::date);
          Map<LocalDate, Long> ofVersion =
              Oracle.sums(raw.stream().filter(c -> c.a().equals(version)).toList(), Cell::date);
          List<AdoptionDay> expected = new ArrayList<>();
          ofVersion.keySet().stream()
              .min(naturalOrder())
              .ifPresent(
                  first -> {
                    for (int i = 0; i < days && !first.plusDays(i).isAfter(NEWEST); i++) {
                      LocalDate date = first.plusDays(i);
                      expected.add(
                          new AdoptionDay(
                              i,
                              date,
                              ofVersion.getOrDefault(date, 0L),
                              ofProject.getOrDefault(date, 0L)));
                    }
                  });

          assertThat(
                  filters
                      .onClients(PypiStats.versionAdoption(filters.project(), version))
                      .days(days)
                      .fetch(clickpy))
              .isEqualTo(expected);
        });
  }

  private static Case perDay(RandomFilters filters) {
    return Case.ofDownloads(
        filters,
        "''",
        "''",
        (clickpy, cells) -> {
          Map<LocalDate, Long> raw = Oracle.sums(cells, Cell::date);
          DownloadsPerDay question = filters.on(PypiStats.downloadsPerDay(filters.project()));

          assertThat(question.fetch(clickpy))
              .isEqualTo(
                  raw.keySet().stream()
                      .sorted()
                      .map(d -> new DailyDownloads(d, raw.get(d)))
                      .toList());
          assertThat(question.fillGaps().fetch(clickpy))
              .isEqualTo(
                  Buckets.loaded(filters)
                      .map(d -> new DailyDownloads(d, raw.getOrDefault(d, 0L)))
                      .toList());
        });
  }

  private static Case overTime(RandomFilters filters, Granularity granularity) {
    return Case.ofDownloads(
        filters,
        "''",
        "''",
        (clickpy, cells) -> {
          Map<LocalDate, Long> raw =
              Oracle.sums(cells, cell -> Buckets.start(granularity, cell.date()));
          DownloadsOverTime question =
              filters.on(PypiStats.downloadsOverTime(filters.project())).granularity(granularity);

          assertThat(question.fetch(clickpy))
              .isEqualTo(
                  raw.keySet().stream()
                      .sorted()
                      .map(
                          d ->
                              new BucketDownloads(
                                  Buckets.bucket(filters, granularity, d), raw.get(d)))
                      .toList());
          assertThat(question.fillGaps().fetch(clickpy))
              .isEqualTo(
                  Buckets.starts(filters, granularity)
                      .map(
                          d ->
                              new BucketDownloads(
                                  Buckets.bucket(filters, granularity, d), raw.getOrDefault(d, 0L)))
                      .toList());
        });
  }
}
