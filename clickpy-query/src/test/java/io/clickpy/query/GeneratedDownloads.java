package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Insert;
import io.clickpy.core.schema.PypiSchema;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Made-up downloads in the raw table, of which some are skewed, some unknown and some spelled to do
 * harm; and the files that they were downloads of.
 */
public final class GeneratedDownloads {
  public static final LocalDate NEWEST = LocalDate.of(2024, 8, 20);
  public static final LocalDate OLDEST = NEWEST.minusDays(400);

  /** Those with many downloads. */
  public static final List<String> PROJECTS = List.of("pandas", "numpy", "scikit-learn");

  /** Those with few, each later than the one before it. */
  public static final List<String> SMALL_PROJECTS =
      IntStream.range(0, 120).mapToObj(i -> "small-" + i).toList();

  public static final List<String> VERSIONS =
      List.of(
          "1.0", "1.1", "2.0", "2.0rc1", "10.0", "other", "1.0' OR '1'='1", "1\\.0\t%_\n", "ä🐼");
  public static final List<String> COUNTRIES = List.of("US", "DE", "", "BR", "QQ");
  public static final List<String> TYPES = List.of("bdist_wheel", "sdist", "bdist_egg");
  public static final List<String> INSTALLERS =
      List.of("pip", "uv", "", "bandersnatch", "other", "Artifactory", "poetry");
  public static final List<String> PYTHONS = List.of("3.12", "3.9", "", "2.7", "3.13", "other");
  public static final List<String> SYSTEMS = List.of("Linux", "", "Windows", "Darwin");

  private static final int INSERTS = 4;
  private static final int ROWS = 600;

  private GeneratedDownloads() {}

  /** Loads downloads in several inserts, so that the rollups have rows to merge. */
  public static void loadDownloads(ClickPy clickpy, PypiSchema schema, Random random) {
    for (int i = 0; i < INSERTS; i++) {
      StringBuilder tsv = new StringBuilder();
      // The oldest and the newest day are always there.
      tsv.append(download(PROJECTS.get(0), OLDEST, random));
      tsv.append(download(PROJECTS.get(0), NEWEST, random));
      for (int j = 0; j < ROWS; j++) {
        // Some come many times, so that the most rows of a rollup are not the most downloads.
        tsv.append(download(random).repeat(1 + skewed(random, 20)));
      }
      insert(
          clickpy,
          schema.downloads().name()
              + " (date, project, version, country_code, type, installer, python_minor, system)",
          tsv);
    }
  }

  /** Loads files of some of the projects, as their authors spell them, into {@code projects}. */
  public static void loadFiles(ClickPy clickpy, PypiSchema schema, Random random) {
    StringBuilder tsv = new StringBuilder();
    // Versions that no other file is of, so that the newest month always has a release, and a
    // project its dependents.
    tsv.append(file("Pandas", "9.0", NEWEST, "numpy", random));
    tsv.append(file("NumPy", "9.0", NEWEST, "Pandas", random));
    for (int i = 0; i < ROWS; i++) {
      String project = project(random);
      String version = random.nextInt(4) + "." + random.nextInt(6);
      // No project alone knows which upload is the newest of all.
      LocalDate day = OLDEST.plusDays(skewed(random, 400));
      String required = spelled(project(random), random);
      tsv.append(file(spelled(project, random), version, day, required, random));
    }
    insert(
        clickpy,
        schema.projects().name() + " (name, version, upload_time, filename, requires_dist)",
        tsv);
  }

  /** Values that do harm where they are taken for more than values. */
  public static Stream<String> hostileValues() {
    return Stream.of(
        "",
        " 1.0",
        "1.0 ",
        "1.0\u0000",
        "1.0\n",
        "1.0\\",
        "1.0' OR 1=1 --",
        "'; DROP TABLE pypi; --",
        "{version:String}",
        "{project:String}",
        "1%",
        "_.0",
        "%",
        "1.0') UNION ALL SELECT now(), 1 --",
        "\\N",
        "\t",
        "\u0001\u001f\u007f",
        "NULL",
        "[]",
        "['1.0']",
        "ﬁre",
        "🐼",
        "\uffff",
        new String(Character.toChars(0x10_ffff)),
        // One character of each plane of Unicode.
        IntStream.rangeClosed(0, 0x10)
            .map(plane -> plane * 0x1_0000 + 0x0e61)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString(),
        "x".repeat(10_240),
        "'\\\t\n".repeat(2_560));
  }

  private static void insert(ClickPy clickpy, String target, CharSequence tsv) {
    Insert.into(
            target,
            "TabSeparated",
            out -> out.write(tsv.toString().getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);
  }

  private static String project(Random random) {
    return random.nextInt(5) < 3
        ? PROJECTS.get(skewed(random, PROJECTS.size()))
        : SMALL_PROJECTS.get(random.nextInt(SMALL_PROJECTS.size()));
  }

  private static String download(Random random) {
    String project = project(random);
    int age = 400 - Math.max(0, SMALL_PROJECTS.indexOf(project)) * 400 / SMALL_PROJECTS.size();
    return download(project, NEWEST.minusDays(skewed(random, age)), random);
  }

  private static String download(String project, LocalDate date, Random random) {
    return String.join(
        "\t",
        date.toString(),
        project,
        pick(random, VERSIONS),
        pick(random, COUNTRIES),
        pick(random, TYPES),
        pick(random, INSTALLERS),
        pick(random, PYTHONS),
        pick(random, SYSTEMS) + "\n");
  }

  private static String file(
      String project, String version, LocalDate day, String required, Random random) {
    String time = "%02d:%02d:%02d".formatted(random.nextInt(24), random.nextInt(60), 7);
    String name = "file-" + random.nextLong();
    return String.join("\t", project, version, day + " " + time, name, "['" + required + "']\n");
  }

  /** As one of the spellings that PEP 503 counts as the same. */
  private static String spelled(String project, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> project.replace('-', '_');
      case 1 -> project.replace("-", "-.").toUpperCase(Locale.ROOT);
      case 2 -> project.substring(0, 1).toUpperCase(Locale.ROOT) + project.substring(1);
      default -> project;
    };
  }

  private static String pick(Random random, List<String> values) {
    return values
        .get(skewed(random, values.size()))
        .replace("\\", "\\\\")
        .replace("\t", "\\t")
        .replace("\n", "\\n");
  }

  /** Below the bound; the smaller, the likelier. */
  private static int skewed(Random random, int bound) {
    return (int) (random.nextDouble() * random.nextDouble() * bound);
  }
}
