package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SampleDownloadsTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 8, 12);

  /** A thousandth of the downloads of pandas that ClickHouse's blog prints. */
  private static final Map<LocalDate, Long> PANDAS =
      Map.of(
          MONDAY,
          9_787L,
          MONDAY.plusDays(1),
          9_727L,
          MONDAY.plusDays(2),
          9_309L,
          MONDAY.plusDays(3),
          8_825L,
          MONDAY.plusDays(4),
          9_428L,
          MONDAY.plusDays(5),
          5_916L,
          MONDAY.plusDays(6),
          5_956L,
          MONDAY.plusDays(7),
          9_118L,
          MONDAY.plusDays(8),
          9_847L);

  private final SampleDownloads sample =
      SampleDownloads.of(7).days(MONDAY, 9).downloads(20_000).projects(200).rowsPerFile(3_000);

  @Test
  void exactCountsAreMetAndComeOnTop() {
    SampleDownloads exact =
        sample
            .exactly("pandas", PANDAS)
            .exactly("my-own", Map.of(MONDAY, 1L, MONDAY.plusDays(8), 5_000L));

    Map<String, Map<LocalDate, Long>> counts = new HashMap<>();
    long[] others = {0};
    exact.forEach(
        download -> {
          String project = download.file().project();
          if (project.equals("pandas") || project.equals("my-own")) {
            counts
                .computeIfAbsent(project, name -> new HashMap<>())
                .merge(download.date(), 1L, Long::sum);
          } else {
            others[0]++;
          }
        });

    assertThat(counts)
        .isEqualTo(
            Map.of("pandas", PANDAS, "my-own", Map.of(MONDAY, 1L, MONDAY.plusDays(8), 5_000L)));
    assertThat(others[0]).isEqualTo(20_000);
    assertThat(exact.rows()).isEqualTo(20_000 + 77_913 + 5_001);
  }

  @Test
  void exactCountsNeedNoOtherDownloads() {
    SampleDownloads exact = sample.downloads(0).exactly("pandas", Map.of(MONDAY, 2L));

    Set<String> projects = new HashSet<>();
    exact.forEach(download -> projects.add(download.file().project()));

    assertThat(exact.rows()).isEqualTo(2);
    assertThat(projects).containsExactly("pandas");
  }

  @Test
  void exactDownloadsAreSpreadOverTheFilesOfADay() {
    List<PlannedFile> files =
        Schedule.files(
            sample.days(MONDAY, 1).downloads(9_000).exactly("pandas", Map.of(MONDAY, 2_001L)));

    assertThat(files).extracting(PlannedFile::rows).containsExactly(3_000L, 3_000L, 3_000L, 2_001L);
    assertThat(files)
        .extracting(file -> file.exact().get(0))
        .allSatisfy(exact -> assertThat(exact).isBetween(300L, 600L));
    assertThat(files.stream().mapToLong(file -> file.exact().get(0)).sum()).isEqualTo(2_001);
  }

  @Test
  void filesAreNamedByDayAndShardAndTheLastOfADayHoldsTheRest() {
    List<PlannedFile> files = Schedule.files(sample.days(MONDAY, 2).downloads(7_000));

    assertThat(files)
        .extracting(PlannedFile::name)
        .containsExactly(
            "1723420800-000000000000.parquet",
            "1723420800-000000000001.parquet",
            "1723507200-000000000000.parquet",
            "1723507200-000000000001.parquet");
    assertThat(files).extracting(PlannedFile::rows).containsExactly(3_000L, 428L, 3_000L, 572L);
  }

  @Test
  void aDayWithoutDownloadsHasNoFile() {
    assertThat(Schedule.files(sample.downloads(1))).hasSize(1);
    assertThat(Schedule.files(sample.downloads(0))).isEmpty();
  }

  @Test
  void everyDownloadFallsIntoItsDayInUtc() {
    Set<LocalDate> days = new HashSet<>();
    sample.forEach(download -> days.add(download.date()));

    assertThat(days).isEqualTo(new HashSet<>(MONDAY.datesUntil(MONDAY.plusDays(9)).toList()));
  }

  @Test
  void theSameSeedGivesTheSameRowsAndAnotherSeedOthers() {
    assertThat(hash(sample)).isEqualTo(hash(sample));
    assertThat(hash(SampleDownloads.of(8).days(MONDAY, 9).downloads(20_000).projects(200)))
        .isNotEqualTo(hash(SampleDownloads.of(7).days(MONDAY, 9).downloads(20_000).projects(200)));
  }

  @Test
  void neitherTimeZoneNorLocaleMatters() {
    long here = hash(sample);
    TimeZone zone = TimeZone.getDefault();
    Locale locale = Locale.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      assertThat(hash(sample)).isEqualTo(here);
      assertThat(Schedule.files(sample).get(0).name()).isEqualTo("1723420800-000000000000.parquet");
    } finally {
      TimeZone.setDefault(zone);
      Locale.setDefault(locale);
    }
  }

  /** As many rows to a project as on a day of five million over 5,000 projects. */
  @Test
  void rowsRepeatThemselvesAsInReality() {
    SampleDownloads day = sample.days(MONDAY, 1).downloads(400_000).projects(400);

    assertThat(rowsPerDistinct(day, Client::pythonMinor)).isBetween(14.0, 30.0);
    assertThat(
            rowsPerDistinct(
                day,
                client ->
                    Arrays.asList(
                        client.pythonMinor(),
                        client.platform() == null ? null : client.platform().system(),
                        client.installer() == null ? null : client.installer().name())))
        .isBetween(8.0, 24.0);
  }

  private static double rowsPerDistinct(
      SampleDownloads sample, Function<Client, Object> dimension) {
    Set<List<Object>> keys = new HashSet<>();
    sample.forEach(
        download ->
            keys.add(
                List.of(
                    download.file().project(),
                    download.file().version(),
                    String.valueOf(download.country()),
                    dimension.apply(download.client()))));
    return (double) sample.rows() / keys.size();
  }

  private static long hash(SampleDownloads sample) {
    long[] hash = {0};
    sample.forEach(
        download -> {
          String row = download.toString();
          for (int i = 0; i < row.length(); i++) {
            hash[0] = hash[0] * 31 + row.charAt(i);
          }
        });
    return hash[0];
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.days(MONDAY, 0))
        .withMessage("Invalid number of days: 0 (must be at least 1).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.downloads(-1))
        .withMessage("Invalid number of downloads: -1 (must be at least 0).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.projects(0))
        .withMessage("Invalid number of projects: 0 (must be at least 1).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.rowsPerFile(0))
        .withMessage("Invalid number of rows per file: 0 (must be at least 1).");
  }

  @Test
  void exactCountsThatCannotBeAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.exactly("Pan_das", PANDAS))
        .withMessage(
            "Invalid project name: 'Pan_das' (must be normalised: lower-case letters and digits, single hyphens"
                + " between).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.exactly("pandas", Map.of(MONDAY, -1L)))
        .withMessage("Invalid exact count of 2024-08-12: -1 (must be at least 0).");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> sample.exactly("pandas", Map.of(MONDAY.plusDays(9), 1L)))
        .withMessage(
            "Invalid day of an exact count: 2024-08-21 (must be from 2024-08-12 to 2024-08-20)."
                + " Set the days first.");
  }

  @Test
  void aLaterCallReplacesTheExactCountsOfAProject() {
    assertThat(sample.exactly("a", Map.of(MONDAY, 1L)).exactly("a", Map.of(MONDAY, 2L)).rows())
        .isEqualTo(20_002);
  }
}
