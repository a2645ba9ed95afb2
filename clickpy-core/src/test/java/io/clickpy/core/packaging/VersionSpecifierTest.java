package io.clickpy.core.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSpecifierTest {

  @ParameterizedTest(name = "{0} contains {1} and not {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "==1.1       | 1.1 1.1.0 01.1+x                  | 1.1.1 1.1.post1 1.1a1 1.1.dev1 1!1.1",
        "==1.1+x     | 1.1+X 1.1.0+x                     | 1.1 1.1+y 1.1+x.1",
        "==1.1a1     | 1.1a1 1.1-Alpha.1 1.1a1+x         | 1.1 1.1a2 1.1a1.post1 1.1a1.dev1",
        "==1.1.*     | 1.1 1.1.9 1.1a1 1.1.dev1 1.1.post1 1.1.1+x | 1 1.2 1.10 1!1.1",
        "==1.0.*     | 1 1.0 1.0.5 1rc1 1.post1          | 1.1 2 0.1",
        "==1!1.*     | 1!1 1!1.5a1                       | 1 1.5 2!1",
        "!=1.1       | 1.1.1 1.1.post1 1.1a1 1.0         | 1.1 1.1.0 1.1+x",
        "!=1.1+x     | 1.1 1.1+y                         | 1.1+x",
        "!=1.1.*     | 1.0 1.2 1.2.dev1                  | 1.1 1.1.9 1.1a1 1.1.post1",
        "<=1.1       | 1.1 1.1+x 1.1a1 1.0.9 0           | 1.1.post1 1.1.1 1!0",
        ">=1.1       | 1.1 1.1.0 1.1+x 1.1.post1 2 1!0   | 1.1a1 1.1.dev1 1.0.9",
        ">=1.1a2     | 1.1a2 1.1a2.post1 1.1b1 1.1       | 1.1a1 1.1a2.dev1 1.1.dev1",
        "<1.1        | 1.0.9 1.0.post1 1.0a1 0.9.dev1    | 1.1 1.1a1 1.1rc1.post1 1.1.dev0 1.1.0b1",
        "<1.1rc1     | 1.0 1.1b1 1.1.dev0 1.1rc1.dev1    | 1.1rc1 1.1rc1.post1 1.1",
        "<1.1.post1  | 1.1 1.1.post0 1.1a1 1.1+x         | 1.1.post1 1.1.post1.dev1",
        ">1.1        | 1.1.1 1.2 1.2.dev1 1.1.1.post1    | 1.1 1.1+x 1.1.post1 1.1.0.post1 1.1.post1.dev1",
        ">1.1.post1  | 1.1.post2 1.1.1                   | 1.1.post1 1.1.post1+x 1.1 1.1.post0",
        ">1.1a1      | 1.1a2 1.1 1.1.post1 1.1+x         | 1.1a1 1.1a1+x 1.1a1.post1",
        "~=1.4       | 1.4 1.4.post1 1.4+x 1.5 1.99rc1   | 1.3 1.4a1 2.0 2.0.dev1 1!1.4",
        "~=1.4.0     | 1.4 1.4.0 1.4.9                   | 1.5 1.3.9 1.4a1",
        "~=1.4.5a4   | 1.4.5a4 1.4.5 1.4.6.dev1          | 1.4.5a3 1.4.4 1.5",
        "~=2.2.post3 | 2.2.post3 2.2.1 2.3               | 2.2 2.2.post2 3.0",
        "~=1!2.1     | 1!2.1 1!2.9                       | 2.1 1!2.0 1!3 2!2.1",
        "===1.0-Beta | 1.0-BETA                          | 1.0b0 1.0",
        "===1.0B0    | 1.0b0 1.0-beta                    | 1.0b1 1.0.0b0",
        "===2004d    | ''                                | 2004",
        ">=1,<2,!=1.5.* | 1 1.4.9 1.6                    | 0.9 1.5 1.5.3 2",
        "''          | 0 1!99.9.post1                    | ''"
      })
  void clausesHoldAsThePepSays(String specifier, String inside, String outside) {
    VersionSpecifier set = VersionSpecifier.parse(specifier);

    versions(inside)
        .forEach(
            version ->
                assertThat(set.contains(version, PreReleases.INCLUDE)).as("%s", version).isTrue());
    versions(outside)
        .forEach(
            version ->
                assertThat(set.contains(version, PreReleases.INCLUDE)).as("%s", version).isFalse());
  }

  private static Stream<PackageVersion> versions(String texts) {
    return Stream.of(texts.split(" ")).filter(text -> !text.isEmpty()).map(PackageVersion::parse);
  }

  @ParameterizedTest
  @CsvSource({
    "'>=1.0', 1.5rc1, false",
    "'>=1.0', 1.5.dev1, false",
    "'', 1.5a1, false",
    "'==1.*', 1.5a1, false",
    "'>=1.0a1', 1.5rc1, true",
    "'>=1.0.dev0', 1.5rc1, true",
    "'<=2.0b1', 1.5rc1, true",
    "'<2.0b1', 1.5rc1, true",
    "'~=1.0b1', 1.5rc1, true",
    "'==1.5rc1', 1.5rc1, true",
    "'===1.5rc1', 1.5rc1, true",
    "'!=1.0a1', 1.5rc1, false",
    "'>=1.0,<2.0b1', 1.5rc1, true",
    "'>=1.0,!=2.0b1', 1.5rc1, false"
  })
  void aPreReleaseIsInWhereTheSpecifierNamesOne(String specifier, String version, boolean isIn) {
    VersionSpecifier set = VersionSpecifier.parse(specifier);
    PackageVersion candidate = PackageVersion.parse(version);

    assertThat(set.contains(candidate)).isEqualTo(isIn);
    assertThat(set.contains(candidate, PreReleases.BY_RULE)).isEqualTo(isIn);
    assertThat(set.contains(candidate, PreReleases.INCLUDE)).isTrue();
    assertThat(set.contains(candidate, PreReleases.EXCLUDE)).isFalse();
  }

  @Test
  void aFilterTakesPreReleasesWhereNothingElseMatches() {
    List<PackageVersion> versions = versions("2.1rc1 2.0 3.0a2 3.0a1").toList();

    assertThat(VersionSpecifier.parse(">=2").filter(versions))
        .containsExactlyElementsOf(versions("2.0").toList());
    assertThat(VersionSpecifier.parse(">2").filter(versions))
        .containsExactlyElementsOf(versions("2.1rc1 3.0a2 3.0a1").toList());
    assertThat(VersionSpecifier.parse(">=2.0rc1").filter(versions)).isEqualTo(versions);
    assertThat(VersionSpecifier.parse("<1").filter(versions)).isEmpty();
    assertThat(VersionSpecifier.parse("").filter(List.of())).isEmpty();
  }

  @Test
  void aFilterObeysWhoIncludesOrExcludesPreReleases() {
    List<PackageVersion> versions = versions("2.1rc1 2.0 3.0a2").toList();

    assertThat(VersionSpecifier.parse(">=2").filter(versions, PreReleases.INCLUDE))
        .isEqualTo(versions);
    assertThat(VersionSpecifier.parse(">=2.0rc1").filter(versions, PreReleases.EXCLUDE))
        .containsExactlyElementsOf(versions("2.0").toList());
    assertThat(VersionSpecifier.parse(">2").filter(versions, PreReleases.EXCLUDE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ">= 2 , < 3     | >=2,<3",
        "'>=2,'         | >=2",
        "==V1.0-Alpha1  | ==1.0a1",
        "== 01.2.*      | ==1.2.*",
        "!=1!2.*        | !=1!2.*",
        "~= 1.4.0       | ~=1.4.0",
        "=== 2004D      | ===2004d",
        "<1,<1          | <1",
        "''             | ''"
      })
  void aSpecifierHasANormalForm(String text, String normal) {
    assertThat(VersionSpecifier.parse(text))
        .hasToString(normal)
        .isEqualTo(VersionSpecifier.parse(normal))
        .hasSameHashCodeAs(VersionSpecifier.parse(normal));
  }

  @Test
  void specifiersAreEqualByTheirClauses() {
    VersionSpecifier specifier = VersionSpecifier.parse(">=2,<3");

    assertThat(VersionSpecifier.parse("<3.0,>=2.0")).isEqualTo(specifier);
    assertThat(VersionSpecifier.parse("<3,>2")).isNotEqualTo(specifier);
    assertThat(specifier).isNotEqualTo(">=2,<3");
    // What is one version is not one series.
    assertThat(VersionSpecifier.parse("==1.*")).isNotEqualTo(VersionSpecifier.parse("==1.0.*"));
    assertThat(VersionSpecifier.parse("~=1.0")).isNotEqualTo(VersionSpecifier.parse("~=1.0.0"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2         | expected the end at character 1, found '2'",
        "=2        | expected one of == != <= >= < > ~= === at character 1, found '='",
        "=>2       | expected one of == != <= >= < > ~= === at character 1, found '='",
        ">         | expected a digit at character 2, found the end",
        "===       | expected a version at character 4, found the end",
        "===a b    | expected the end at character 6, found 'b'",
        ">=2 <3    | expected the end at character 5, found '<'",
        "',>=2'    | expected the end at character 1, found ','",
        ">=2,,<3   | expected the end at character 5, found ','",
        ">=2.*     | >= takes no .*",
        "~=2.1.*   | ~= takes no .*",
        "<2+local  | < takes no local label",
        "~=2.1+1   | ~= takes no local label",
        "~=2       | ~= needs a version of two numbers or more",
        "~=1!2     | ~= needs a version of two numbers or more",
        "==2a1.*   | .* may follow the numbers of a release alone",
        "==2.post1.* | .* may follow the numbers of a release alone",
        "==2+x.*   | expected a letter or digit of the local label at character 7, found '*'",
        "==2.*+x   | expected the end at character 6, found '+'",
        "==2 .*    | expected the end at character 5, found '.'",
        ">=dev     | expected a digit at character 3, found 'd'",
        ">=1.0foo  | expected the end at character 6, found 'f'"
      })
  void theErrorNamesTheValueTheReasonAndTheWayOut(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VersionSpecifier.parse(text))
        .withMessage(
            "Invalid version specifier: '%s' (%s).".formatted(text, reason)
                + " Write it as PEP 440 says, for example >=2,<3 or ==1.4.* or ~=2.1.");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void operatorsStandToEachOtherAsTheyShould(int seed) {
    VersionGenerator generator = new VersionGenerator(new Random(seed));

    for (int i = 0; i < 3_000; i++) {
      PackageVersion candidate = PackageVersion.parse(generator.next().text());
      PackageVersion written = PackageVersion.parse(generator.next().text());
      String version = written.toString().replaceAll("\\+.*", "");
      String series =
          (written.epoch().signum() == 0 ? "" : written.epoch() + "!")
              + written.release().stream().map(Object::toString).collect(Collectors.joining("."));
      String about = "%s beside %s".formatted(candidate, version);

      boolean equal = isIn("==" + version, candidate);
      boolean atMost = isIn("<=" + version, candidate);
      boolean atLeast = isIn(">=" + version, candidate);
      assertThat(isIn("!=" + version, candidate)).as(about).isNotEqualTo(equal);
      assertThat(atMost && atLeast).as(about).isEqualTo(equal);
      assertThat(atMost || atLeast).as(about).isTrue();
      // The exclusive operators leave out more than the version itself, never less.
      assertThat(isIn("<" + version, candidate) && atLeast).as(about).isFalse();
      assertThat(isIn(">" + version, candidate) && atMost).as(about).isFalse();
      assertThat(isIn("!=" + series + ".*", candidate))
          .as(about)
          .isNotEqualTo(isIn("==" + series + ".*", candidate));
      if (written.release().size() > 1) {
        String parent = series.substring(0, series.lastIndexOf('.'));
        assertThat(isIn("~=" + version, candidate))
            .as(about)
            .isEqualTo(isIn(">=" + version + ",==" + parent + ".*", candidate));
      }
    }
  }

  private static boolean isIn(String specifier, PackageVersion candidate) {
    return VersionSpecifier.parse(specifier).contains(candidate, PreReleases.INCLUDE);
  }
}
