package io.clickpy.query.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Insert;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.packaging.PackageVersion;
import io.clickpy.core.packaging.PreReleases;
import io.clickpy.core.packaging.VersionSpecifier;
import io.clickpy.query.Cases;
import io.clickpy.query.GeneratedDatabase;
import io.clickpy.query.rollup.DownloadsByVersion;
import io.clickpy.query.rollup.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The server lets the same versions in as {@link VersionSpecifier}. */
class VersionSqlIT {
  private static final int CASES = Integer.getInteger("clickpy.test.cases", 300);
  private static final int PROJECTS = 60;
  private static final Random RANDOM = new Random(GeneratedDatabase.SEED);

  private static final List<PreReleases> RULES = List.of(PreReleases.values());

  /** The versions of each project. */
  private static final Map<String, Set<String>> VERSIONS = new TreeMap<>();

  private static ClickPy clickpy;

  @BeforeAll
  static void load() {
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    StringBuilder tsv = new StringBuilder();
    for (int i = 0; i < PROJECTS; i++) {
      Set<String> versions = new TreeSet<>();
      int count = 1 + RANDOM.nextInt(60);
      while (versions.size() < count) {
        versions.add(version());
      }
      // Of some projects there is nothing but pre-releases.
      if (i % 4 == 0) {
        versions.removeIf(
            text -> PackageVersion.tryParse(text).filter(v -> !v.isPreRelease()).isPresent());
        versions.add("1.0a1");
      }
      VERSIONS.put("project-" + i, versions);
      for (String version : versions) {
        tsv.append("project-%d\t%s\t1\n".formatted(i, version));
      }
    }
    Insert.into(
            "pypi_downloads_by_version (project, version, count)",
            "TabSeparated",
            out -> out.write(tsv.toString().getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);
    System.out.println("VersionSqlIT: seed " + GeneratedDatabase.SEED);
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void everySpecifierLetsTheSameVersionsInAsItDoesInJava() {
    List<VersionSpecifier> specifiers =
        Stream.generate(VersionSqlIT::specifier).limit(CASES).toList();
    Cases.run(
        CASES,
        number -> {
          VersionSpecifier specifier = specifiers.get(number);
          PreReleases preReleases = RULES.get(number % RULES.size());

          Map<String, Set<String>> chosen = new TreeMap<>();
          all()
              .where(Fields.VERSION.satisfies(specifier, preReleases))
              .fetch(clickpy)
              .forEach(
                  row ->
                      chosen
                          .computeIfAbsent(row.value(Fields.PROJECT), project -> new TreeSet<>())
                          .add(row.value(Fields.VERSION)));

          assertThat(chosen)
              .as("%s %s of seed %d", specifier, preReleases, GeneratedDatabase.SEED)
              .isEqualTo(inJava(specifier, preReleases));
        });
  }

  @Test
  void aNumberTooLongToCompareIsInNoVersion() {
    String tooLong = "9".repeat(77);

    for (String operator : List.of("==9!", ">=9!", ">9!", "~=9!1.")) {
      assertThat(all().where(Fields.VERSION.satisfies(operator + tooLong)).fetch(clickpy))
          .as(operator)
          .isEmpty();
    }
    assertThat(all().where(Fields.VERSION.satisfies("<9!" + tooLong)).fetch(clickpy))
        .isEqualTo(all().where(Fields.VERSION.satisfies("")).fetch(clickpy));
  }

  private static DownloadsByVersion all() {
    return DownloadsByVersion.query().groupBy(Fields.PROJECT, Fields.VERSION);
  }

  private static Map<String, Set<String>> inJava(
      VersionSpecifier specifier, PreReleases preReleases) {
    Map<String, Set<String>> chosen = new TreeMap<>();
    VERSIONS.forEach(
        (project, texts) -> {
          List<PackageVersion> versions =
              texts.stream().map(PackageVersion::tryParse).flatMap(Optional::stream).toList();
          List<PackageVersion> matching = specifier.filter(versions, preReleases);
          if (!matching.isEmpty()) {
            chosen.put(
                project, new TreeSet<>(matching.stream().map(PackageVersion::text).toList()));
          }
        });
    return chosen;
  }

  private static VersionSpecifier specifier() {
    List<String> clauses = new ArrayList<>();
    for (int i = RANDOM.nextInt(3); i >= 0; i--) {
      clauses.add(clause());
    }
    return VersionSpecifier.parse(RANDOM.nextInt(20) == 0 ? "" : String.join(",", clauses));
  }

  private static String clause() {
    String text =
        one("==", "!=", "<=", ">=", "<", ">", "~=", "===") + version() + one("", "", "", ".*");
    try {
      return VersionSpecifier.parse(text).toString();
    } catch (IllegalArgumentException e) {
      return clause();
    }
  }

  /** A version, now and then none, of few enough parts that many are close or equal. */
  private static String version() {
    StringBuilder text = new StringBuilder(one("", "", "", "v", "V", "1!", "x"));
    text.append(number());
    for (int i = RANDOM.nextInt(4); i > 0; i--) {
      text.append('.').append(number());
    }
    if (RANDOM.nextInt(3) == 0) {
      text.append(separator()).append(one("a", "b", "rc", "c", "alpha", "Beta", "pre", "PREVIEW"));
      text.append(separator()).append(one("", number()));
    }
    if (RANDOM.nextInt(4) == 0) {
      text.append(one("-1", "-02", ".post", "post1", "_rev.2", "r", "-r-1"));
    }
    if (RANDOM.nextInt(4) == 0) {
      text.append(separator()).append(one("dev", "DEV")).append(one("", "0", "1", "-2"));
    }
    if (RANDOM.nextInt(6) == 0) {
      text.append('+').append(one("ubuntu.1", "Ubuntu-01", "1", "a.b", "0", ""));
    }
    return text.toString();
  }

  private static String number() {
    return one(
        "0", "0", "1", "1", "2", "01", "10", "123456789012345678901234567890", "9".repeat(76));
  }

  private static String separator() {
    return one("", "", ".", "-", "_");
  }

  private static String one(String... choices) {
    return choices[RANDOM.nextInt(choices.length)];
  }
}
