package io.clickpy.query;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.summingLong;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ProjectName;
import io.clickpy.query.Oracle.Case;
import io.clickpy.query.Oracle.Cell;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every question that divides a project's downloads, with random filters, gives what plain SQL over
 * the raw table gives, bucketed and ranked by Java.
 */
class CategoryOracleIT {
  @RegisterExtension static final Oracle ORACLE = new Oracle();

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
              : sharesOverTime(filters, asked, top, Buckets.granularity(random));
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
            case 2 ->
                sharesOverTime(filters, asked(filters, random), top, Buckets.granularity(random));
            case 3 -> fileTypesByInstaller(filters, top);
            default -> fileTypesByInstallerOverTime(filters, top, Buckets.granularity(random));
          };
        });
  }

  private static Case topVersions(RandomFilters filters, int top) {
    return Case.ofDownloads(
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
    return Case.ofDownloads(
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
    return Case.ofDownloads(
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
                          cell -> Buckets.start(granularity, cell.date()),
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
                  Buckets.starts(filters, granularity)
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
    TimeBucket bucket = Buckets.bucket(filters, granularity, start);
    return counts.entrySet().stream()
        .map(entry -> new CategoryDownloads(bucket, entry.getKey(), entry.getValue()))
        .sorted(
            comparing((CategoryDownloads row) -> row.category().kind() == Category.Kind.OTHER)
                .thenComparingLong(row -> -row.count())
                .thenComparing(row -> row.category().value()))
        .toList();
  }

  private static Case fileTypesByInstaller(RandomFilters filters, int top) {
    return Case.ofDownloads(
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
    return Case.ofDownloads(
        filters,
        "installer",
        "type",
        (clickpy, raw) -> {
          List<String> named =
              Oracle.ranked(Oracle.sums(raw, Cell::a)).stream().limit(top).toList();
          Function<Cell, FileTypeBucketDownloads> empty =
              cell ->
                  new FileTypeBucketDownloads(
                      Buckets.bucket(filters, granularity, Buckets.start(granularity, cell.date())),
                      named.contains(cell.a())
                          ? Category.named(cell.a(), cell.a())
                          : Category.other(),
                      cell.b(),
                      0);
          Map<FileTypeBucketDownloads, Long> counts =
              raw.stream().collect(groupingBy(empty, summingLong(Cell::count)));
          Map<FileTypeBucketDownloads, Long> filled = new HashMap<>(counts);
          Buckets.starts(filters, granularity)
              .map(start -> Buckets.bucket(filters, granularity, start))
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
}
