package io.clickpy.core.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackageVersionTest {
  private static final List<String> ASCENDING =
      List.of(
          "0",
          "0.0.1.dev1",
          "0.0.1",
          "0.9.post3",
          "2.dev0",
          "2.dev9",
          "2.dev10",
          "2.dev10+gabc",
          "2a0.dev3",
          "2a0",
          "2a0+1",
          "2a0.post0.dev7",
          "2a0.post0",
          "2a2",
          "2a11",
          "2b0.dev1",
          "2b0",
          "2rc1.dev1",
          "2rc1",
          "2rc1.post2",
          "2",
          "2+1a",
          "2+a",
          "2+a.b",
          "2+a.0",
          "2+b",
          "2+0",
          "2+0.a",
          "2+0.0",
          "2+9",
          "2+10",
          "2+10.1",
          "2.post0.dev1",
          "2.post0",
          "2.post0+a",
          "2.post1.dev1",
          "2.post1",
          "2.post12",
          "2.0.1.dev1",
          "2.0.1",
          "2.1",
          "2.9",
          "2.10",
          "10",
          "2026.11",
          "18446744073709551616",
          "18446744073709551617",
          "1!0.0.1",
          "1!2",
          "2!1.dev0",
          "10!0");

  @Test
  void versionsAreInTheOrderOfThePep() {
    List<PackageVersion> versions = ASCENDING.stream().map(PackageVersion::parse).toList();

    for (int i = 0; i < versions.size(); i++) {
      for (int j = 0; j < versions.size(); j++) {
        assertThat(Integer.signum(versions.get(i).compareTo(versions.get(j))))
            .as("%s compared with %s", versions.get(i), versions.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "1.2.3,1.2.3",
        "v1.2,1.2",
        "V1.2,1.2",
        "' \t1.2\r\n',1.2",
        "'\u202f1.2\u00a0',1.2",
        "001.02.000,1.2.0",
        "0!1.0,1.0",
        "03!1.0,3!1.0",
        "1.0a1,1.0a1",
        "1.0ALPHA1,1.0a1",
        "1.0-alpha_1,1.0a1",
        "1.0_a.1,1.0a1",
        "1.0a,1.0a0",
        "1.0a.,1.0a0",
        "1.0.beta,1.0b0",
        "1.0B-02,1.0b2",
        "1.0c3,1.0rc3",
        "1.0-PREVIEW3,1.0rc3",
        "1.0.pre3,1.0rc3",
        "1.0RC.3,1.0rc3",
        "1.0-4,1.0.post4",
        "1.0a--4,1.0a0.post4",
        "1.0post,1.0.post0",
        "1.0.REV4,1.0.post4",
        "1.0_r-4,1.0.post4",
        "1.0dev,1.0.dev0",
        "1.0-DEV_5,1.0.dev5",
        "1.0a2-3dev4,1.0a2.post3.dev4",
        "1.0+Ubuntu-01_B.7,1.0+ubuntu.1.b.7",
        "1.0+00,1.0+0",
        "1.0+0a,1.0+0a",
        "99999999999999999999.1,99999999999999999999.1"
      })
  void aSpellingHasItsNormalForm(String spelling, String normal) {
    PackageVersion version = PackageVersion.parse(spelling);

    assertThat(version).hasToString(normal).isEqualTo(PackageVersion.parse(normal));
    assertThat(version).hasSameHashCodeAs(PackageVersion.parse(normal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "v",
        "vv1",
        "a1",
        ".1",
        "1.",
        "1..2",
        "1 .2",
        "1.0 a1",
        "1.0a 1",
        "-1",
        "1.-2",
        "1!",
        "!1",
        "1!2!3",
        "1.0rc1a1",
        "1.0.dev1a1",
        "1.0.dev1.post1",
        "1.0.post1.post2",
        "1.0-1-2",
        "1.0p1",
        "1.0alph",
        "1.0gamma1",
        "1.0-final",
        "2004d",
        "1.0+",
        "1.0+.a",
        "1.0+a..b",
        "1.0+a+b",
        "1.0+é",
        "1.0.*",
        "1.0,2.0",
        "1.0\u0000",
        "１.0",
        "1.0po\u017Ft1",
        "1.0prev\u0131ew1",
        "1.0-PREVİEW1",
        "1.0+\u212A"
      })
  void whatThePepDoesNotKnowIsNoVersion(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackageVersion.parse(text))
        .withMessageStartingWith("Invalid version: '");
    assertThat(PackageVersion.tryParse(text)).isEmpty();
  }

  @Test
  void theErrorNamesTheValueTheReasonAndTheWayOut() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackageVersion.parse("1.0-final"))
        .withMessage(
            "Invalid version: '1.0-final' (expected the end at character 4, found '-')."
                + " Write it as PEP 440 says, for example 1.2.3, 2.0rc1 or 1.0.post1.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackageVersion.parse(""))
        .withMessage(
            "Invalid version: '' (expected a digit at character 1, found the end)."
                + " Write it as PEP 440 says, for example 1.2.3, 2.0rc1 or 1.0.post1.");
  }

  @Test
  void theSpellingIsKept() {
    assertThat(PackageVersion.parse(" v1.0-Beta2 ").text()).isEqualTo("v1.0-Beta2");
  }

  @Test
  void trailingZerosOfTheReleaseAreKeptAndDoNotCount() {
    PackageVersion one = PackageVersion.parse("1");
    PackageVersion oneZeroZero = PackageVersion.parse("1.0.0");

    assertThat(oneZeroZero).isEqualTo(one).hasSameHashCodeAs(one).hasToString("1.0.0");
    assertThat(oneZeroZero.release()).hasSize(3);
    assertThat(PackageVersion.parse("0.0")).isEqualTo(PackageVersion.parse("0"));
    assertThat(PackageVersion.parse("1.0.1")).isNotEqualTo(PackageVersion.parse("1.1"));
    assertThat(one).isNotEqualTo("1");
  }

  @Test
  void aVersionTellsItsParts() {
    PackageVersion version = PackageVersion.parse("3!20.04.1rc2.post5.dev6+local");

    assertThat(version.epoch()).isEqualTo(3);
    assertThat(version.release())
        .containsExactly(BigInteger.valueOf(20), BigInteger.valueOf(4), BigInteger.ONE);
    assertThat(version.major()).isEqualTo(20);
    assertThat(version.minor()).isEqualTo(4);
    assertThat(PackageVersion.parse("7").minor()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, false, false, false",
    "1.0+local, false, false, false",
    "1.0a1, true, false, false",
    "1.0b1, true, false, false",
    "1.0rc1, true, false, false",
    "1.0.dev1, true, false, true",
    "1.0.post1, false, true, false",
    "1.0.post1.dev1, true, true, true",
    "1.0a1.post1, true, true, false"
  })
  void aVersionTellsItsKind(String text, boolean pre, boolean post, boolean dev) {
    PackageVersion version = PackageVersion.parse(text);

    assertThat(version.isPreRelease()).isEqualTo(pre);
    assertThat(version.isPostRelease()).isEqualTo(post);
    assertThat(version.isDevRelease()).isEqualTo(dev);
  }

  @Test
  void anySpellingOfAnyVersionLeadsToItsNormalForm() {
    VersionGenerator generator = new VersionGenerator(new Random(440));

    for (int i = 0; i < 5_000; i++) {
      VersionGenerator.Spelled spelled = generator.next();

      assertThat(PackageVersion.parse(spelled.text()))
          .as(spelled.text())
          .hasToString(spelled.normal());
      assertThat(PackageVersion.parse(spelled.normal())).hasToString(spelled.normal());
    }
  }

  @Test
  void theOrderIsTotalAndAgreesWithEquality() {
    VersionGenerator generator = new VersionGenerator(new Random(1));
    List<PackageVersion> sorted =
        Stream.generate(generator::next)
            .limit(400)
            .map(spelled -> PackageVersion.parse(spelled.text()))
            .sorted()
            .toList();

    for (int i = 0; i < sorted.size(); i++) {
      for (int j = i; j < sorted.size(); j++) {
        PackageVersion one = sorted.get(i);
        PackageVersion other = sorted.get(j);
        // Over a sorted list, no pair out of order means that the order is transitive.
        assertThat(one.compareTo(other)).as("%s, %s", one, other).isNotPositive();
        assertThat(Integer.signum(other.compareTo(one)))
            .isEqualTo(-Integer.signum(one.compareTo(other)));
        assertThat(one.equals(other)).isEqualTo(one.compareTo(other) == 0);
        if (one.equals(other)) {
          assertThat(one).hasSameHashCodeAs(other);
        }
      }
    }
  }
}
