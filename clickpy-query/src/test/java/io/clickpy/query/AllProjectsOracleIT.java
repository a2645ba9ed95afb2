package io.clickpy.query;

import static io.clickpy.query.GeneratedDownloads.NEWEST;
import static io.clickpy.query.GeneratedDownloads.OLDEST;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ProjectName;
import io.clickpy.query.Oracle.Case;
import io.clickpy.query.Oracle.Cell;
import io.clickpy.query.projects.DownloadQuantile;
import io.clickpy.query.projects.DownloadTotals;
import io.clickpy.query.projects.EmergingProject;
import io.clickpy.query.projects.HotProject;
import io.clickpy.query.projects.LongUnreleasedProject;
import io.clickpy.query.projects.Medal;
import io.clickpy.query.projects.MedalThreshold;
import io.clickpy.query.projects.MonthlyDownloads;
import io.clickpy.query.projects.MonthlyReleases;
import io.clickpy.query.projects.ProjectRank;
import io.clickpy.query.projects.RecentReleases;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every question about all projects, with random filters, gives what plain SQL over the raw table
 * and the table of files gives, ranked by Java.
 */
class AllProjectsOracleIT {
  @RegisterExtension static final Oracle ORACLE = new Oracle();

  private static final List<String> ALL =
      Stream.concat(
              GeneratedDownloads.PROJECTS.stream(), GeneratedDownloads.SMALL_PROJECTS.stream())
          .toList();

  @Test
  void totalsAndTheMostDownloaded() {
    ORACLE.compare(
        random -> {
          RandomFilters filters = RandomFilters.of(random);
          int top = 1 + random.nextInt(30);
          return totals(
              filters,
              (clickpy, totals) -> {
                long sum = totals.values().stream().mapToLong(n -> n).sum();

                assertThat(filters.onPeriod(PypiStats.allDownloads()).fetch(clickpy))
                    .isEqualTo(
                        totals.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new DownloadTotals(sum, totals.size())));
                assertThat(filters.onPeriod(PypiStats.topProjects()).top(top).fetch(clickpy))
                    .isEqualTo(
                        Oracle.ranked(totals).stream()
                            .limit(top)
                            .map(p -> new ProjectDownloads(p, totals.get(p)))
                            .toList());
              });
        });
  }

  @Test
  void ranksMedalsAndQuantiles() {
    ORACLE.compare(
        random -> {
          RandomFilters filters = RandomFilters.of(random);
          return switch (random.nextInt(3)) {
            case 0 -> rank(filters, RandomFilters.pick(ALL, random));
            case 1 -> medals(filters);
            default -> quantiles(filters, random.doubles(3, 0, 1).map(d -> 1 - d).toArray());
          };
        });
  }

  @Test
  void newHotAndOldProjectsAndTheirReleases() {
    ORACLE.compare(
        random -> {
          RandomFilters filters = RandomFilters.of(random);
          int top = 1 + random.nextInt(20);
          return switch (random.nextInt(4)) {
            case 0 -> emerging(filters, 1 + random.nextInt(450), top);
            case 1 -> hot(filters, 1 + random.nextInt(14), 1 + random.nextInt(400), top);
            case 2 -> longUnreleased(filters, 1 + random.nextInt(13), top);
            default -> releases(1 + random.nextInt(14), random);
          };
        });
  }

  @Test
  void searches() {
    ORACLE.compare(
        random -> {
          String name = RandomFilters.pick(ALL, random);
          String normal = name.substring(0, random.nextInt(name.length() + 1));
          String prefix = spelled(normal, random);
          int limit = 1 + random.nextInt(20);
          return Case.of(
              prefix,
              Oracle.downloads("toDate(0)", "project", "''", "''", "true"),
              (clickpy, raw) -> {
                Map<String, Long> totals = totals(raw);
                assertThat(PypiStats.search(prefix).limit(limit).fetch(clickpy))
                    .isEqualTo(
                        totals.keySet().stream()
                            .filter(project -> project.startsWith(normal))
                            .sorted(
                                comparing((String project) -> !project.equals(normal))
                                    .thenComparing(project -> -totals.get(project))
                                    .thenComparing(project -> project))
                            .limit(limit)
                            .map(project -> new ProjectDownloads(project, totals.get(project)))
                            .toList());
              });
        });
  }

  private static Case rank(RandomFilters filters, String project) {
    return totals(
        filters,
        (clickpy, totals) -> {
          Optional<ProjectRank> expected =
              Optional.ofNullable(totals.get(project))
                  .map(
                      own ->
                          new ProjectRank(
                              project,
                              own,
                              1 + totals.values().stream().filter(n -> n > own).count(),
                              totals.size()));

          Optional<ProjectRank> rank =
              filters.onPeriod(PypiStats.rank(project.toUpperCase(Locale.ROOT))).fetch(clickpy);

          assertThat(rank).isEqualTo(expected);
          rank.ifPresent(
              found -> assertThat(found.percentile()).isGreaterThan(0).isLessThanOrEqualTo(100));
        });
  }

  private static Case medals(RandomFilters filters) {
    return totals(
        filters,
        (clickpy, totals) -> {
          List<MedalThreshold> expected = new ArrayList<>();
          for (Medal medal : Medal.values()) {
            totals.values().stream()
                .filter(
                    own -> {
                      long rank = 1 + totals.values().stream().filter(n -> n > own).count();
                      return 100.0 * rank / totals.size() <= medal.percent();
                    })
                .min(Long::compare)
                .ifPresent(least -> expected.add(new MedalThreshold(medal, least, totals.size())));
          }

          assertThat(filters.onPeriod(PypiStats.medalThresholds()).fetch(clickpy))
              .isEqualTo(expected);
        });
  }

  private static Case quantiles(RandomFilters filters, double[] levels) {
    return totals(
        filters,
        (clickpy, totals) -> {
          List<Long> sorted = totals.values().stream().sorted().toList();
          List<DownloadQuantile> expected =
              DoubleStream.of(levels)
                  .sorted()
                  .filter(level -> !sorted.isEmpty())
                  .mapToObj(level -> new DownloadQuantile(level, quantile(sorted, level)))
                  .toList();

          assertThat(filters.onPeriod(PypiStats.downloadQuantiles().levels(levels)).fetch(clickpy))
              .isEqualTo(expected);
        });
  }

  private static long quantile(List<Long> sorted, double level) {
    int position =
        BigDecimal.valueOf(level)
            .multiply(BigDecimal.valueOf(sorted.size()))
            .setScale(6, RoundingMode.HALF_EVEN)
            .setScale(0, RoundingMode.CEILING)
            .intValueExact();
    return sorted.get(Math.max(1, position) - 1);
  }

  private static Case emerging(RandomFilters filters, int days, int top) {
    return new Case(
        days + " days, " + filters,
        List.of(
            Oracle.downloads("toDate(0)", "project", "''", "''", filters.clientsSql()),
            "SELECT min(date) AS d, project AS p, '' AS a, '' AS b, count() AS n FROM pypi GROUP BY p"),
        (clickpy, raw) -> {
          Map<String, Long> totals = totals(raw.get(0));
          Map<String, LocalDate> first =
              raw.get(1).stream()
                  .filter(cell -> cell.date().isAfter(NEWEST.minusDays(days)))
                  .collect(toMap(Cell::project, Cell::date));
          totals.keySet().retainAll(first.keySet());

          assertThat(
                  filters
                      .onClients(PypiStats.emergingProjects())
                      .firstSeenWithin(days)
                      .top(top)
                      .fetch(clickpy))
              .isEqualTo(
                  Oracle.ranked(totals).stream()
                      .limit(top)
                      .map(p -> new EmergingProject(p, first.get(p), totals.get(p)))
                      .toList());
        });
  }

  private static Case hot(RandomFilters filters, int months, long minimum, int top) {
    YearMonth firstWhole = YearMonth.from(OLDEST.minusDays(1)).plusMonths(1);
    YearMonth after = YearMonth.from(NEWEST.plusDays(1));
    List<YearMonth> all =
        Stream.iterate(after.minusMonths(months), month -> month.plusMonths(1))
            .limit(months)
            .filter(month -> !month.isBefore(firstWhole))
            .toList();
    return Case.of(
        "%d months, at least %d, %s".formatted(months, minimum, filters),
        Oracle.downloads("toStartOfMonth(date)", "project", "''", "''", filters.clientsSql()),
        (clickpy, raw) -> {
          Map<String, Map<YearMonth, Long>> counts =
              raw.stream()
                  .collect(
                      groupingBy(
                          Cell::project,
                          groupingBy(c -> YearMonth.from(c.date()), summingLong(Cell::count))));
          List<HotProject> expected = new ArrayList<>();
          counts.forEach((project, perMonth) -> addHot(expected, project, perMonth, all, minimum));

          assertThat(
                  filters
                      .onClients(PypiStats.hotProjects())
                      .months(months)
                      .minimum(minimum)
                      .top(top)
                      .fetch(clickpy))
              .isEqualTo(
                  expected.stream()
                      .sorted(
                          comparing((HotProject hot) -> -hot.growth())
                              .thenComparing(HotProject::project))
                      .limit(top)
                      .toList());
        });
  }

  private static void addHot(
      List<HotProject> hot,
      String project,
      Map<YearMonth, Long> perMonth,
      List<YearMonth> all,
      long minimum) {
    List<MonthlyDownloads> months =
        all.stream().map(m -> new MonthlyDownloads(m, perMonth.getOrDefault(m, 0L))).toList();
    double growth = 1;
    YearMonth when = null;
    for (int i = 1; i < months.size(); i++) {
      double before = months.get(i - 1).count();
      if (before * 100 >= minimum && months.get(i).count() / before > growth) {
        growth = months.get(i).count() / before;
        when = months.get(i).month();
      }
    }
    if (when != null && months.stream().mapToLong(MonthlyDownloads::count).sum() >= minimum) {
      hot.add(new HotProject(project, when, growth, months));
    }
  }

  private static Case longUnreleased(RandomFilters filters, int months, int top) {
    return new Case(
        months + " months, " + filters,
        List.of(
            Oracle.downloads("toDate(0)", "project", "''", "''", filters.periodSql()),
            "SELECT toDate(0) AS d, name AS p, toString(max(upload_time)) AS a, '' AS b, count() AS n"
                + " FROM projects GROUP BY p"),
        (clickpy, raw) -> {
          Map<String, Long> totals = totals(raw.get(0));
          Map<String, LocalDateTime> uploads =
              raw.get(1).stream()
                  .collect(
                      toMap(
                          cell -> ProjectName.of(cell.project()).value(),
                          cell -> LocalDateTime.parse(cell.a().replace(' ', 'T')),
                          (a, b) -> a.isAfter(b) ? a : b));
          LocalDateTime limit = Collections.max(uploads.values()).minusMonths(months);
          uploads.values().removeIf(upload -> !upload.isBefore(limit));
          totals.keySet().retainAll(uploads.keySet());

          assertThat(
                  filters
                      .onPeriod(PypiStats.longUnreleasedProjects())
                      .months(months)
                      .top(top)
                      .fetch(clickpy))
              .isEqualTo(
                  Oracle.ranked(totals).stream()
                      .limit(top)
                      .map(
                          p ->
                              new LongUnreleasedProject(
                                  p, uploads.get(p).toInstant(ZoneOffset.UTC), totals.get(p)))
                      .toList());
        });
  }

  private static Case releases(int months, Random random) {
    int top = random.nextInt(8);
    List<String> named =
        IntStream.range(0, 1 + random.nextInt(5))
            .mapToObj(i -> RandomFilters.pick(ALL, random))
            .toList();
    RecentReleases question =
        top > 0
            ? PypiStats.recentReleasesOfTopProjects(top)
            : PypiStats.recentReleases(spelled(named.get(0), random), named.toArray(String[]::new));
    return new Case(
        "top %d or %s in %d months".formatted(top, named, months),
        List.of(
            Oracle.downloads("toDate(0)", "project", "''", "''", "true"),
            Oracle.files("toDate(upload_time)", "name", "version", "true")),
        (clickpy, raw) -> {
          List<String> projects =
              top > 0 ? Oracle.ranked(totals(raw.get(0))).stream().limit(top).toList() : named;
          List<Cell> files = raw.get(1);
          YearMonth newest =
              files.stream().map(f -> YearMonth.from(f.date())).max(YearMonth::compareTo).get();
          record Release(String project, String version) {}
          Map<Release, LocalDate> releases =
              files.stream()
                  .collect(
                      toMap(
                          f -> new Release(ProjectName.of(f.project()).value(), f.a()),
                          Cell::date,
                          (a, b) -> a.isBefore(b) ? a : b));
          record Key(YearMonth month, String project) {}
          Map<Key, Long> expected =
              releases.entrySet().stream()
                  .filter(release -> projects.contains(release.getKey().project()))
                  .collect(
                      groupingBy(
                          release ->
                              new Key(
                                  YearMonth.from(release.getValue()), release.getKey().project()),
                          summingLong(release -> 1)));
          expected.keySet().removeIf(key -> !key.month().isAfter(newest.minusMonths(months)));

          assertThat(question.months(months).fetch(clickpy))
              .isEqualTo(
                  expected.keySet().stream()
                      .sorted(comparing(Key::month).thenComparing(Key::project))
                      .map(
                          key -> new MonthlyReleases(key.project(), key.month(), expected.get(key)))
                      .toList());
        });
  }

  private interface Check {
    void accept(ClickPy clickpy, Map<String, Long> totals);
  }

  /** The downloads of each project, asked of the raw table. */
  private static Case totals(RandomFilters filters, Check check) {
    return Case.of(
        filters,
        Oracle.downloads("toDate(0)", "project", "''", "''", filters.periodSql()),
        (clickpy, raw) -> check.accept(clickpy, totals(raw)));
  }

  private static Map<String, Long> totals(List<Cell> cells) {
    return Oracle.sums(cells, Cell::project);
  }

  private static String spelled(String name, Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> name.replace("-", "_.");
      case 1 -> " " + name.toUpperCase(Locale.ROOT) + "\t";
      default -> name;
    };
  }
}
