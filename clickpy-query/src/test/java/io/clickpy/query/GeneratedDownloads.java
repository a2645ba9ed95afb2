package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.Insert;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Made-up downloads in the raw table, of which some are skewed, some unknown and some spelled to do
 * harm. In several inserts, so that the rollups hold rows that are not merged yet.
 */
public final class GeneratedDownloads {
  public static final LocalDate NEWEST = LocalDate.of(2024, 8, 20);
  public static final LocalDate OLDEST = NEWEST.minusDays(400);

  public static final List<String> PROJECTS =
      List.of("pandas", "numpy", "scikit-learn", "requests");
  public static final List<String> VERSIONS =
      List.of(
          "1.0", "1.1", "2.0", "2.0rc1", "10.0", "other", "1.0' OR '1'='1", "1\\.0\t%_\n", "ä🐼");
  public static final List<String> COUNTRIES = List.of("US", "DE", "", "BR", "QQ");
  public static final List<String> TYPES = List.of("bdist_wheel", "sdist", "bdist_egg");
  public static final List<String> INSTALLERS = List.of("pip", "uv", "", "other", "poetry");
  public static final List<String> PYTHONS = List.of("3.12", "3.9", "", "2.7", "3.13", "other");
  public static final List<String> SYSTEMS = List.of("Linux", "", "Windows", "Darwin");

  private GeneratedDownloads() {}

  /** Loads rows into a migrated database. */
  public static void load(ClickPy clickpy, Random random) {
    for (int i = 0; i < 5; i++) {
      insert(clickpy, random, 600);
    }
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
        "x".repeat(10_240),
        "'\\\t\n".repeat(2_560));
  }

  /** Merges what the server has not merged yet. */
  public static void merge(ClickPy clickpy) {
    for (Rollup rollup : PypiSchema.ofDefaults().rollups()) {
      Command.of("OPTIMIZE TABLE " + rollup.name() + " FINAL").execute(clickpy);
    }
  }

  private static void insert(ClickPy clickpy, Random random, int rows) {
    StringBuilder tsv = new StringBuilder();
    // The oldest and the newest day are always there.
    tsv.append(row(OLDEST, random)).append(row(NEWEST, random));
    for (int i = 0; i < rows; i++) {
      // Some come many times, so that the most rows of a rollup are not the most downloads.
      String row = row(NEWEST.minusDays(skewed(random, 401)), random);
      tsv.append(row.repeat(1 + skewed(random, 40)));
    }
    Insert.into(
            "pypi (date, project, version, country_code, type, installer, python_minor, system)",
            "TabSeparated",
            out -> out.write(tsv.toString().getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);
  }

  private static String row(LocalDate date, Random random) {
    return String.join(
        "\t",
        date.toString(),
        pick(random, PROJECTS),
        pick(random, VERSIONS),
        pick(random, COUNTRIES),
        pick(random, TYPES),
        pick(random, INSTALLERS),
        pick(random, PYTHONS),
        pick(random, SYSTEMS) + "\n");
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
