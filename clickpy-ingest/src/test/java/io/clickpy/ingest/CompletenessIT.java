package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.Command;
import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.ledger.MemoryLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What speaks for and against days, brought about by loads and by what happens to them. */
class CompletenessIT extends LoaderTestBase {
  private static final LocalDate TENTH = LocalDate.of(2024, 8, 10);
  private static final LocalDate ELEVENTH = TENTH.plusDays(1);
  private static final LocalDate TWELFTH = TENTH.plusDays(2);
  private static final String NEWEST =
      "No later day has downloads, and nothing says that it is over.";

  private final Completeness completeness = Completeness.of(clickpy);

  @Test
  void ofEmptyTablesNothingIsKnown() {
    CompletenessReport report = completeness.report();
    assertThat(report.days()).isEmpty();
    assertThat(report.newestWholeDay()).isEmpty();
    assertThat(report.isWhole()).isTrue();
    assertThat(completeness.files()).isEmpty();
    assertThat(completeness.between(DateRange.of(TENTH, TENTH)).report().days())
        .containsExactly(missing(TENTH));
    assertThat(
            Query.of(
                    "SELECT name FROM system.tables"
                        + " WHERE database = currentDatabase() AND name LIKE 'clickpy%'",
                    row -> row.string("name"))
                .fetch(clickpy))
        .as("it only looks")
        .isEmpty();
  }

  @Test
  void everyDayBeforeTheNewestIsWholeUnlessSomethingSpeaksAgainstIt() {
    load("a", at("2024-08-10T00:00:00Z"), at("2024-08-10T23:59:59.999999Z"));
    load("b", at("2024-08-11T00:00:00Z"), at("2024-08-12T12:00:00Z"));

    CompletenessReport report = completeness.report();
    assertThat(report.days())
        .containsExactly(whole(TENTH, 2), whole(ELEVENTH, 1), partial(TWELFTH, 1, NEWEST));
    assertThat(report.newestWholeDay()).contains(ELEVENTH);
    assertThat(report.isWhole()).isFalse();
    assertThat(report.days(DayState.PARTIAL)).extracting(DayStatus::day).containsExactly(TWELFTH);
    assertThat(report.day(TENTH)).contains(whole(TENTH, 2));
    assertThat(report.day(TENTH.minusDays(1))).isEmpty();
  }

  @Test
  void aDayWithoutDownloadsIsMissing() {
    insert(TENTH);
    insert(TWELFTH);

    assertThat(completeness.report().day(ELEVENTH)).contains(missing(ELEVENTH));
    DateRange wider = DateRange.of(TENTH.minusDays(1), TWELFTH.plusDays(1));
    assertThat(completeness.between(wider).report().days(DayState.MISSING))
        .containsExactly(
            missing(TENTH.minusDays(1)), missing(ELEVENTH), missing(TWELFTH.plusDays(1)));
  }

  @Test
  void rowsThatWereNotLoadedFromFilesCountLikewise() {
    insert(TENTH);
    insert(ELEVENTH);
    assertThat(completeness.report().days())
        .containsExactly(whole(TENTH, 1), partial(ELEVENTH, 1, NEWEST));
  }

  @Test
  void aDayIsNotWholeBeforeItIsOver() {
    insert(TENTH);
    insert(ELEVENTH);
    Completeness today = completeness.clock(clock("2024-08-10T23:59:59Z"));

    assertThat(today.report().days())
        .containsExactly(
            partial(TENTH, 1, "It is not over."), partial(ELEVENTH, 1, "It is not over."));
    assertThat(completeness.clock(clock("2024-08-11T00:00:00Z")).report().newestWholeDay())
        .contains(TENTH);
  }

  @Test
  void whatIsExpectedDecides() {
    insert(TENTH);
    insert(TENTH);
    insert(ELEVENTH);
    insert(TWELFTH);
    Map<LocalDate, Long> expected =
        Map.of(TENTH.minusDays(1), 0L, TENTH, 3L, ELEVENTH, 0L, TWELFTH, 1L);
    DateRange days = DateRange.of(TENTH.minusDays(1), TWELFTH.plusDays(1));

    assertThat(
            completeness
                .between(days)
                .expecting(
                    day ->
                        expected.containsKey(day)
                            ? OptionalLong.of(expected.get(day))
                            : OptionalLong.empty())
                .report()
                .days())
        .containsExactly(
            new DayStatus(TENTH.minusDays(1), DayState.WHOLE, 0, OptionalLong.of(0), List.of()),
            new DayStatus(
                TENTH,
                DayState.PARTIAL,
                2,
                OptionalLong.of(3),
                List.of("It has 2 downloads, and 3 are expected.")),
            new DayStatus(
                ELEVENTH,
                DayState.STALE,
                1,
                OptionalLong.of(0),
                List.of("It has 1 downloads, and 0 are expected.")),
            new DayStatus(TWELFTH, DayState.WHOLE, 1, OptionalLong.of(1), List.of()),
            missing(TWELFTH.plusDays(1)));
  }

  @Test
  void rowsThatFilesBroughtAndAreNotThereAreMissed() {
    load("a", at("2024-08-10T01:00:00Z"), at("2024-08-10T02:00:00Z"), at("2024-08-12T01:00:00Z"));
    load("b", at("2024-08-10T03:00:00Z"), at("2024-08-11T03:00:00Z"));
    execute(
        "ALTER TABLE pypi_downloads_overall_per_day UPDATE count = count - 1"
            + " WHERE date = '2024-08-10' SETTINGS mutations_sync = 2");
    execute(
        "ALTER TABLE pypi_downloads_overall_per_day DELETE"
            + " WHERE date = '2024-08-11' SETTINGS mutations_sync = 2");

    assertThat(completeness.report().days())
        .containsExactly(
            partial(TENTH, 1, "Loaded files brought 3 downloads, and it has 1."),
            new DayStatus(
                ELEVENTH,
                DayState.MISSING,
                0,
                OptionalLong.empty(),
                List.of("It has no downloads.", "Loaded files brought 1 downloads, and it has 0.")),
            partial(TWELFTH, 1, NEWEST));
  }

  @Test
  void theDaysOfAFileThatHasChangedAreStale() throws IOException {
    Path path = load("a", at("2024-08-10T01:00:00Z"), at("2024-08-11T01:00:00Z"));
    load("b", at("2024-08-11T01:00:00Z"), at("2024-08-12T01:00:00Z"), at("2024-08-13T01:00:00Z"));
    Files.delete(path);
    List<Download> more = List.of(at("2024-08-11T01:00:00Z"), at("2024-08-12T01:00:00Z"));
    ExportFile.with().write(path, more);
    for (int i = 0; i < 2; i++) {
      assertThat(load(path).failed()).hasSize(1);
    }

    String reason =
        "Files that hold it have changed since they were loaded: %s.".formatted(path.toUri());
    CompletenessReport report = completeness.report();
    assertThat(report.days())
        .startsWith(stale(TENTH, 1, reason), stale(ELEVENTH, 2, reason), whole(TWELFTH, 1));
    assertThat(report.newestWholeDay()).contains(TWELFTH);
    assertThat(completeness.files()).as("it is in the tables as it was").hasSize(2);
    assertThat(
            Query.of(
                    "SELECT count() AS n FROM clickpy_loads WHERE state = 'CHANGED'",
                    row -> row.longValue("n"))
                .fetch(clickpy))
        .as("noted once")
        .containsExactly(1L);
  }

  @Test
  void filesAreToldWithWhatTheyBroughtOnEachDay() {
    Instant before = Instant.now();
    Path a =
        load(
            "a",
            at("2024-08-10T23:59:59Z"),
            at("2024-08-11T00:00:00Z"),
            at("2024-08-11T00:00:01Z"),
            at("2024-08-11T00:00:01Z").withTimestamp(null),
            at("2024-08-11T00:00:01Z").withProject(""));
    Path b = load("b", at("2024-08-11T00:00:00Z"), at("2024-08-12T00:00:00Z"));
    Path none = ExportFile.with().write(file("c"), List.of());
    assertThat(load(none).loaded()).hasSize(1);

    List<PublishedFile> files = completeness.files();
    assertThat(files)
        .extracting(PublishedFile::uri)
        .containsExactly(a.toUri(), b.toUri(), none.toUri());
    assertThat(files.get(0).days()).isEqualTo(new TreeMap<>(Map.of(TENTH, 1L, ELEVENTH, 2L)));
    assertThat(files.get(0).downloads()).isEqualTo(3);
    assertThat(files.get(0).bytes()).isEqualTo(a.toFile().length());
    assertThat(files.get(0).contentTag()).isNotEmpty();
    assertThat(files.get(0).at()).isBetween(before.minusMillis(1), Instant.now());
    assertThat(files.get(2).days()).isEmpty();

    assertThat(completeness.between(DateRange.of(TWELFTH, TWELFTH)).files())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.uri()).isEqualTo(b.toUri());
              assertThat(file.days()).isEqualTo(new TreeMap<>(Map.of(TWELFTH, 1L)));
              assertThat(file.downloads()).isEqualTo(2);
            });
  }

  /** Rows of many threads are in several parts, and small files in one attempt. */
  @Test
  void largeAndSmallFilesLoadedTogetherKeepTheirDaysApart() {
    List<List<Download>> contents = List.of(downloads(30_000), downloads(7), downloads(500));
    List<Path> paths = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      paths.add(ExportFile.with().smallRowGroups().write(file("f" + i), contents.get(i)));
    }
    load(folder).throwIfFailed();

    List<PublishedFile> files = completeness.files();
    for (int i = 0; i < contents.size(); i++) {
      Map<LocalDate, Long> days = new TreeMap<>();
      contents
          .get(i)
          .forEach(
              row ->
                  days.merge(LocalDate.ofInstant(row.timestamp(), ZoneOffset.UTC), 1L, Long::sum));
      assertThat(files.get(i).uri()).isEqualTo(paths.get(i).toUri());
      assertThat(files.get(i).days()).isEqualTo(days);
    }
  }

  @Test
  void otherTablesAndOtherLedgersAreAskedFor() {
    PypiSchema other = PypiSchema.withPrefix("other_");
    Tables.create(clickpy, other);
    MemoryLedger ledger = new MemoryLedger();
    Path path = ExportFile.with().write(file("a"), List.of(at("2024-08-10T01:00:00Z")));
    loader(path).schema(other).ledger(ledger).load().throwIfFailed();

    assertThat(completeness.report().days()).isEmpty();
    Completeness theirs = completeness.schema(other).ledger(ledger);
    assertThat(theirs.report().days()).containsExactly(partial(TENTH, 1, NEWEST));
    assertThat(theirs.files()).extracting(PublishedFile::uri).containsExactly(path.toUri());
    assertThat(completeness.schema(other).files()).isEmpty();
  }

  @Test
  void whatCannotBeIsRefused() {
    DateRange ancient = DateRange.of(LocalDate.of(1969, 12, 31), TENTH);
    assertThatThrownBy(() -> completeness.between(ancient))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid days: 1969-12-31/2024-08-10 (must be within 1970-01-01/2149-06-06)");
    assertThatThrownBy(() -> completeness.schema(PypiSchema.ofClickPy()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid schema: PypiSchema[ClickPy's own] (only ClickPy fills its tables)."
                + " Use PypiSchema.ofDefaults() or withPrefix(…).");
  }

  private Path load(String name, Download... downloads) {
    Path path = ExportFile.with().write(file(name), List.of(downloads));
    load(path).throwIfFailed();
    return path;
  }

  private void insert(LocalDate day) {
    execute("INSERT INTO pypi (date, project) VALUES ('%s', 'pandas')".formatted(day));
  }

  private void execute(String sql) {
    Command.of(sql).execute(clickpy);
  }

  private static Download at(String timestamp) {
    return Download.of(timestamp, "pandas");
  }

  private static Clock clock(String at) {
    return Clock.fixed(Instant.parse(at), ZoneOffset.UTC);
  }

  private static DayStatus whole(LocalDate day, long downloads) {
    return new DayStatus(day, DayState.WHOLE, downloads, OptionalLong.empty(), List.of());
  }

  private static DayStatus partial(LocalDate day, long downloads, String reason) {
    return new DayStatus(day, DayState.PARTIAL, downloads, OptionalLong.empty(), List.of(reason));
  }

  private static DayStatus stale(LocalDate day, long downloads, String reason) {
    return new DayStatus(day, DayState.STALE, downloads, OptionalLong.empty(), List.of(reason));
  }

  private static DayStatus missing(LocalDate day) {
    return new DayStatus(
        day, DayState.MISSING, 0, OptionalLong.empty(), List.of("It has no downloads."));
  }
}
