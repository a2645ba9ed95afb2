package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.clickpy.examples.sample.Client.Installer;
import io.clickpy.examples.sample.Client.Platform;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Shares of a fixed sample against the real ones. */
class SampleSharesTest {
  private static final int DOWNLOADS = 1_000_000;

  /**
   * How much the repeated downloads of a fleet, about six and with chance up to a dozen, widen the
   * spread of a share, compared to independent rows.
   */
  private static final double DESIGN_EFFECT = 12;

  private static final Set<String> SILENT =
      Set.of(
          "Bazel",
          "requests",
          "Nexus",
          "Browser",
          "bandersnatch",
          "Homebrew",
          "devpi",
          "OS",
          "conda",
          "pex");

  private static final Map<String, Long> PROJECTS = new HashMap<>();
  private static final Map<String, Long> COUNTRIES = new HashMap<>();
  private static final Map<String, Long> INSTALLERS = new HashMap<>();
  private static final Map<String, Long> PYTHONS = new HashMap<>();
  private static final Map<String, Long> SYSTEMS = new HashMap<>();
  private static final Map<String, Long> TYPES = new HashMap<>();
  private static final Map<LocalDate, Long> DAYS = new HashMap<>();
  private static final Map<String, Map<String, Long>> VERSIONS = new HashMap<>();
  private static final Set<Client> CLIENTS = new HashSet<>();

  @BeforeAll
  static void count() {
    SampleDownloads sample =
        SampleDownloads.of(42).days(LocalDate.of(2024, 8, 12), 7).downloads(DOWNLOADS);
    sample.forEach(
        download -> {
          Client client = download.client();
          DistributionFile file = download.file();
          String country = shown(download.country());
          count(PROJECTS, file.project());
          count(COUNTRIES, country);
          count(INSTALLERS, shown(client.installer(), Installer::name));
          count(PYTHONS, client.pythonMinor());
          count(SYSTEMS, shown(client.platform(), Platform::system));
          count(TYPES, shown(file.type()));
          count(DAYS, download.date());
          count(
              VERSIONS.computeIfAbsent(file.project(), project -> new HashMap<>()), file.version());
          CLIENTS.add(client);
        });
  }

  @Test
  void countriesHaveTheirShares() {
    assertShare(COUNTRIES, "US", 0.79828);
    assertShare(COUNTRIES, "SG", 0.03760);
    assertShare(COUNTRIES, "DE", 0.03069);
    assertShare(COUNTRIES, "CN", 0.00200);
    assertThat(COUNTRIES).containsKeys("NULL", "");
  }

  @Test
  void installersHaveTheirShares() {
    assertShare(INSTALLERS, "pip", 0.51553);
    assertShare(INSTALLERS, "uv", 0.45262);
    assertShare(INSTALLERS, "poetry", 0.01971);
    assertShare(INSTALLERS, "NULL", 0.00739);
    assertShare(INSTALLERS, "Bazel", 0.00193);
  }

  @Test
  void pythonsHaveTheirShares() {
    assertShare(PYTHONS, "3.12", 0.31155);
    assertShare(PYTHONS, "3.11", 0.20399);
    assertShare(PYTHONS, "3.9", 0.05431);
    assertShare(PYTHONS, "", 0.03172);
    assertShare(PYTHONS, "2.7", 0.00104);
  }

  @Test
  void systemsHaveTheirShares() {
    assertShare(SYSTEMS, "Linux", 0.95460);
    assertShare(SYSTEMS, "Windows", 0.02154);
    assertShare(SYSTEMS, "NULL", 0.01225);
    assertShare(SYSTEMS, "Darwin", 0.01146);
  }

  @Test
  void fileTypesHaveTheirShares() {
    assertShare(TYPES, "bdist_wheel", 0.99195);
    assertShare(TYPES, "sdist", 0.00805);
  }

  @Test
  void projectsFollowTheRankingOfPypi() {
    assertThat(PROJECTS).hasSizeBetween(4_800, 5_000);
    assertThat(sharesByRank(1)).isCloseTo(0.01406, within(0.0007));
    assertThat(sharesByRank(10)).isCloseTo(0.1046, within(0.004));
    assertThat(sharesByRank(100)).isCloseTo(0.4400, within(0.015));
    assertThat(sharesByRank(1000)).isCloseTo(0.8903, within(0.015));
  }

  private static double sharesByRank(int ranks) {
    long sum =
        PROJECTS.values().stream()
            .sorted(Collections.reverseOrder())
            .limit(ranks)
            .mapToLong(Long::longValue)
            .sum();
    return (double) sum / DOWNLOADS;
  }

  @Test
  void aProjectsTopVersionHasMostOfItsDownloads() {
    double[] shares =
        VERSIONS.values().stream()
            .filter(versions -> sum(versions) > 1_000)
            .mapToDouble(versions -> (double) Collections.max(versions.values()) / sum(versions))
            .toArray();

    assertThat(shares).hasSizeGreaterThan(100);
    assertThat(Arrays.stream(shares).average()).hasValueCloseTo(0.62, within(0.05));
    assertThat(Arrays.stream(shares).min().orElseThrow()).isLessThan(0.4);
    assertThat(Arrays.stream(shares).max().orElseThrow()).isGreaterThan(0.95);
  }

  @Test
  void weekdaysAreBusierThanTheWeekend() {
    assertThat(DAYS).hasSize(7);
    long saturday = DAYS.get(LocalDate.of(2024, 8, 17));
    long sunday = DAYS.get(LocalDate.of(2024, 8, 18));
    DAYS.forEach(
        (day, downloads) -> {
          if (day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) <= 0) {
            assertThat((double) Math.max(saturday, sunday) / downloads).isBetween(0.6, 0.72);
          }
        });
  }

  @Test
  void mirrorsAndOtherSilentProgramsTellNothingOfTheirHost() {
    assertThat(CLIENTS)
        .filteredOn(
            client -> client.installer() == null || SILENT.contains(client.installer().name()))
        .hasSizeGreaterThanOrEqualTo(5)
        .allSatisfy(
            client -> {
              assertThat(client.python()).isNull();
              assertThat(client.platform()).isNull();
              assertThat(client.implementation()).isNull();
            });
  }

  @Test
  void uvAloneKnowsItsHostButNoPython() {
    assertThat(CLIENTS)
        .filteredOn(client -> client.python() == null && client.platform() != null)
        .isNotEmpty()
        .allSatisfy(client -> assertThat(client.installer().name()).isEqualTo("uv"));
  }

  private static void assertShare(Map<String, Long> counts, String value, double share) {
    double spread = Math.sqrt(DESIGN_EFFECT * share * (1 - share) / DOWNLOADS);
    assertThat((double) counts.getOrDefault(value, 0L) / DOWNLOADS)
        .as("share of '%s'", value)
        .isCloseTo(share, within(4 * spread));
  }

  private static long sum(Map<?, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static <K> void count(Map<K, Long> counts, K key) {
    counts.merge(key, 1L, Long::sum);
  }

  private static String shown(String value) {
    return value == null ? "NULL" : value;
  }

  private static <T> String shown(T value, Function<T, String> name) {
    return Optional.ofNullable(value).map(name).orElse("NULL");
  }
}
