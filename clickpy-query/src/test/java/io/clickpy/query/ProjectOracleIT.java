package io.clickpy.query;

import static io.clickpy.query.GeneratedDownloads.NEWEST;
import static io.clickpy.query.GeneratedDownloads.OLDEST;
import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.DateRange;
import io.clickpy.core.ProjectName;
import io.clickpy.query.Oracle.Case;
import io.clickpy.query.Oracle.Cell;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every question about one project, with random filters, gives what plain SQL over the raw table
 * gives, bucketed and ranked by Java.
 */
class ProjectOracleIT {
  @RegisterExtension static final Oracle ORACLE = new Oracle();

  private static final List<Granularity> GRANULARITIES =
      List.of(
          Granularity.DAY,
          Granularity.WEEK,
          Granularity.MONTH,
          Granularity.QUARTER,
          Granularity.YEAR);

  @Test
  void downloadsInAllAndOverTime() {
    ORACLE.compare(
        random -> {
          RandomFilters filters = RandomFilters.of(random);
          return switch (random.nextInt(3)) {
            case 0 -> totalAndSpan(filters);
            case 1 -> perDay(filters);
            default -> overTime(filters, granularity(random));
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

  @Test
  void comparisons() {
    ORACLE.compare(
        random -> {
          List<String> projects = new ArrayList<>(GeneratedDownloads.PROJECTS);
          Collections.shuffle(projects, random);
          RandomFilters filters =
              RandomFilters.of(random).of(projects.subList(0, 1 + random.nextInt(3)));
          DownloadShares question =
              PypiStats.compare(filters.projects().stream().map(ProjectName::of).toList());
          Asked asked = new Asked(question, "project", value -> value);
          int top = random.nextBoolean() ? filters.projects().size() : 1 + random.nextInt(3);
          return random.nextBoolean()
              ? shares(filters, asked, top)
              : sharesOverTime(filters, asked, top, granularity(random));
        });
  }

  @Test
  void downloadsByCategory() {
    ORACLE.compare(
        random -> {
          RandomFilters filters = RandomFilters.of(random);
          int top = 1 + random.nextInt(8);
          return switch (random.nextInt(5)) {
            case 0 -> topVersions(filters, top);
            case 1 -> shares(filters, asked(filters, random), top);
            case 2 -> sharesOverTime(filters, asked(filters, random), top, granularity(random));
            case 3 -> fileTypesByInstaller(filters, top);
            default -> fileTypesByInstallerOverTime(filters, top, granularity(random));
          };
        });
  }

  private static Case totalAndSpan(RandomFilters filters) {
    return compare(
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
          List<LocalDate> asked = loaded(filters).toList();
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
    return compare(
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
                  loaded(filters)
                      .map(d -> new DailyDownloads(d, raw.getOrDefault(d, 0L)))
                      .toList());
        });
  }

  private static Case overTime(RandomFilters filters, Granularity granularity) {
    return compare(
        filters,
        "''",
        "''",
        (clickpy, cells) -> {
          Map<LocalDate, Long> raw = Oracle.sums(cells, cell -> start(granularity, cell.date()));
          DownloadsOverTime question =
              filters.on(PypiStats.downloadsOverTime(filters.project())).granularity(granularity);

          assertThat(question.fetch(clickpy))
              .isEqualTo(
                  raw.keySet().stream()
                      .sorted()
                      .map(d -> new BucketDownloads(bucket(filters, granularity, d), raw.get(d)))
                      .toList());
          assertThat(question.fillGaps().fetch(clickpy))
              .isEqualTo(
                  loaded(filters)
                      .map(day -> start(granularity, day))
                      .distinct()
                      .map(
                          d ->
                              new BucketDownloads(
                                  bucket(filters, granularity, d), raw.getOrDefault(d, 0L)))
                      .toList());
        });
  }

  private static Case topVersions(RandomFilters filters, int top) {
    return compare(
        filters,
        "version",
        "''",
        (clickpy, cells) -> {
          Map<String, Long> raw = Oracle.sums(cells, Cell::a);

          assertThat(filters.on(PypiStats.topVersions(filters.project())).top(top).fetch(clickpy))
              .isEqualTo(
                  Oracle.ranked(raw).stream()
                      .limit(top)
                      .map(version -> new VersionDownloads(version, raw.get(version)))
                      .toList());
        });
  }

  private static Case shares(RandomFilters filters, Asked asked, int top) {
    return compare(
        filters,
        asked.column(),
        "''",
        (clickpy, cells) -> {
          Map<String, Long> raw = Oracle.sums(cells, cell -> asked.value().apply(cell.a()));
          List<String> named = Oracle.ranked(raw).stream().limit(top).toList();
          long total = raw.values().stream().mapToLong(n -> n).sum();
          long inNamed = named.stream().mapToLong(raw::get).sum();
          List<DownloadShare> expected = new ArrayList<>();
          named.forEach(
              value ->
                  expected.add(
                      new DownloadShare(
                          category(asked, value),
                          raw.get(value),
                          (double) raw.get(value) / total)));
          if (inNamed < total) {
            expected.add(
                new DownloadShare(
                    Category.other(), total - inNamed, (double) (total - inNamed) / total));
          }

          List<DownloadShare> shares = filters.on(asked.question()).top(top).fetch(clickpy);

          assertThat(shares).isEqualTo(expected);
          assertThat(shares.stream().mapToLong(DownloadShare::count).sum()).isEqualTo(total);
        });
  }

  private static Case sharesOverTime(
      RandomFilters filters, Asked asked, int top, Granularity granularity) {
    return compare(
        filters,
        asked.column(),
        "''",
        (clickpy, raw) -> {
          Set<String> named =
              new LinkedHashSet<>(
                  Oracle.ranked(Oracle.sums(raw, cell -> asked.value().apply(cell.a()))).stream()
                      .limit(top)
                      .toList());
          Function<Cell, Category> category =
              cell -> {
                String value = asked.value().apply(cell.a());
                return named.contains(value) ? category(asked, value) : Category.other();
              };
          Map<LocalDate, Map<Category, Long>> counts =
              raw.stream()
                  .collect(
                      groupingBy(
                          cell -> start(granularity, cell.date()),
                          groupingBy(category, summingLong(Cell::count))));
          Set<Category> categories = raw.stream().map(category).collect(toSet());
          DownloadSharesOverTime question =
              filters.on(asked.question()).top(top).overTime().granularity(granularity);

          assertThat(question.fetch(clickpy))
              .isEqualTo(
                  counts.keySet().stream()
                      .sorted()
                      .flatMap(
                          start -> rows(filters, granularity, start, counts.get(start)).stream())
                      .toList());
          assertThat(question.fillGaps().fetch(clickpy))
              .isEqualTo(
                  loaded(filters)
                      .map(day -> start(granularity, day))
                      .distinct()
                      .flatMap(
                          start -> {
                            Map<Category, Long> all = new HashMap<>();
                            categories.forEach(c -> all.put(c, 0L));
                            all.putAll(counts.getOrDefault(start, Map.of()));
                            return rows(filters, granularity, start, all).stream();
                          })
                      .toList());
        });
  }

  private static List<CategoryDownloads> rows(
      RandomFilters filters, Granularity granularity, LocalDate start, Map<Category, Long> counts) {
    TimeBucket bucket = bucket(filters, granularity, start);
    return counts.entrySet().stream()
        .map(entry -> new CategoryDownloads(bucket, entry.getKey(), entry.getValue()))
        .sorted(
            comparing((CategoryDownloads row) -> row.category().kind() == Category.Kind.OTHER)
                .thenComparingLong(row -> -row.count())
                .thenComparing(row -> row.category().value()))
        .toList();
  }

  private static Case fileTypesByInstaller(RandomFilters filters, int top) {
    return compare(
        filters,
        "installer",
        "type",
        (clickpy, raw) -> {
          List<String> installers = Oracle.ranked(Oracle.sums(raw, Cell::a));
          List<FileTypeDownloads> expected = new ArrayList<>();
          for (int i = 0; i < Math.min(top, installers.size()); i++) {
            addTypes(
                expected,
                raw,
                Category.named(installers.get(i), installers.get(i)),
                List.of(installers.get(i)));
          }
          if (installers.size() > top) {
            addTypes(expected, raw, Category.other(), installers.subList(top, installers.size()));
          }

          assertThat(
                  filters
                      .on(PypiStats.fileTypesByInstaller(filters.project()))
                      .top(top)
                      .fetch(clickpy))
              .isEqualTo(expected);
        });
  }

  private static void addTypes(
      List<FileTypeDownloads> rows, List<Cell> raw, Category category, List<String> installers) {
    Map<String, Long> types =
        Oracle.sums(raw.stream().filter(cell -> installers.contains(cell.a())).toList(), Cell::b);
    double total = raw.stream().mapToLong(Cell::count).sum();
    Oracle.ranked(types)
        .forEach(
            t -> rows.add(new FileTypeDownloads(category, t, types.get(t), types.get(t) / total)));
  }

  private static Case fileTypesByInstallerOverTime(
      RandomFilters filters, int top, Granularity granularity) {
    return compare(
        filters,
        "installer",
        "type",
        (clickpy, raw) -> {
          List<String> named =
              Oracle.ranked(Oracle.sums(raw, Cell::a)).stream().limit(top).toList();
          Function<Cell, FileTypeBucketDownloads> empty =
              cell ->
                  new FileTypeBucketDownloads(
                      bucket(filters, granularity, start(granularity, cell.date())),
                      named.contains(cell.a())
                          ? Category.named(cell.a(), cell.a())
                          : Category.other(),
                      cell.b(),
                      0);
          Map<FileTypeBucketDownloads, Long> counts =
              raw.stream().collect(groupingBy(empty, summingLong(Cell::count)));
          Map<FileTypeBucketDownloads, Long> filled = new HashMap<>(counts);
          loaded(filters)
              .map(day -> bucket(filters, granularity, start(granularity, day)))
              .distinct()
              .forEach(
                  bucket ->
                      counts
                          .keySet()
                          .forEach(
                              row ->
                                  filled.putIfAbsent(
                                      new FileTypeBucketDownloads(
                                          bucket, row.installer(), row.fileType(), 0),
                                      0L)));
          FileTypesByInstallerOverTime question =
              filters
                  .on(PypiStats.fileTypesByInstaller(filters.project()))
                  .top(top)
                  .overTime()
                  .granularity(granularity);

          assertThat(question.fetch(clickpy)).isEqualTo(rows(counts));
          assertThat(question.fillGaps().fetch(clickpy)).isEqualTo(rows(filled));
        });
  }

  private static List<FileTypeBucketDownloads> rows(Map<FileTypeBucketDownloads, Long> counts) {
    return counts.entrySet().stream()
        .map(
            entry ->
                new FileTypeBucketDownloads(
                    entry.getKey().bucket(),
                    entry.getKey().installer(),
                    entry.getKey().fileType(),
                    entry.getValue()))
        .sorted(
            comparing((FileTypeBucketDownloads row) -> row.bucket().first())
                .thenComparing(row -> row.installer().kind() == Category.Kind.OTHER)
                .thenComparingLong(row -> -row.count())
                .thenComparing(row -> row.installer().value())
                .thenComparing(FileTypeBucketDownloads::fileType))
        .toList();
  }

  /** A breakdown, and how the raw table tells it. */
  private record Asked(DownloadShares question, String column, Function<String, String> value) {}

  private static Asked asked(RandomFilters filters, Random random) {
    String project = filters.project();
    Function<String, String> itself = value -> value;
    return switch (random.nextInt(7)) {
      case 0 -> new Asked(PypiStats.downloadsByVersion(project), "version", itself);
      case 1 -> new Asked(PypiStats.downloadsByPython(project), "python_minor", itself);
      case 2 ->
          new Asked(
              PypiStats.downloadsByPythonMajor(project),
              "python_minor",
              value -> value.split("\\.", -1)[0]);
      case 3 -> new Asked(PypiStats.downloadsBySystem(project), "system", itself);
      case 4 -> new Asked(PypiStats.downloadsByCountry(project), "country_code", itself);
      case 5 -> new Asked(PypiStats.downloadsByInstaller(project), "installer", itself);
      default -> new Asked(PypiStats.downloadsByFileType(project), "type", itself);
    };
  }

  private static Category category(Asked asked, String value) {
    Map<String, String> countries = Map.of("US", "United States", "DE", "Germany", "BR", "Brazil");
    return Category.named(
        value,
        asked.column().equals("country_code") ? countries.getOrDefault(value, value) : value);
  }

  /** The same downloads asked of the raw table, by day, project and two other things. */
  private static Case compare(
      RandomFilters filters, String a, String b, BiConsumer<ClickPy, List<Cell>> check) {
    return Case.of(filters, Oracle.downloads("date", "project", a, b, filters.sql()), check);
  }

  private static Granularity granularity(Random random) {
    return GRANULARITIES.get(random.nextInt(GRANULARITIES.size()));
  }

  private static LocalDate start(Granularity granularity, LocalDate day) {
    return switch (granularity) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
      case QUARTER -> day.with(IsoFields.DAY_OF_QUARTER, 1);
      default -> day.withDayOfYear(1);
    };
  }

  private static TimeBucket bucket(
      RandomFilters filters, Granularity granularity, LocalDate start) {
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

  /** The days asked for that are loaded. */
  private static Stream<LocalDate> loaded(RandomFilters filters) {
    LocalDate first = firstLoaded(filters);
    long days = ChronoUnit.DAYS.between(first, lastLoaded(filters)) + 1;
    return Stream.iterate(first, day -> day.plusDays(1)).limit(Math.max(0, days));
  }
}
