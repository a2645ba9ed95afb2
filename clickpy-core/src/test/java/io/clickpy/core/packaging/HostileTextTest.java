package io.clickpy.core.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a stranger writes is read, or refused with a reason, in no time and on one line. */
class HostileTextTest {
  private static final int LONG = 1_000_000;
  private static final String[] PIECES = {
    "1",
    "0",
    "2.0",
    ".",
    "-",
    "_",
    "+",
    "!",
    "v",
    "a",
    "rc",
    "dev",
    "post",
    ".*",
    "*",
    "==",
    "===",
    "!=",
    ">=",
    "<",
    "~=",
    ",",
    "(",
    ")",
    "[",
    "]",
    ";",
    "@",
    " ",
    "\t",
    "\n",
    "'",
    "\"",
    "and",
    "or",
    "in",
    "not",
    "extra",
    "os_name",
    "python_version",
    "foo",
    "é",
    "\u0000",
    "\u212A",
    "İ",
    "\uD83D"
  };

  static Stream<String> texts() {
    return Stream.of(
        "9".repeat(LONG) + "?",
        "1." + "9".repeat(LONG) + "?",
        "1.".repeat(LONG),
        "1a".repeat(LONG) + "?",
        "1.0" + "-".repeat(LONG),
        "1.0+" + "a.".repeat(LONG),
        "1.0+" + "9".repeat(LONG),
        " ".repeat(LONG) + "?",
        ">=1,".repeat(LONG) + "x",
        "===" + "x".repeat(LONG) + " x",
        "foo " + "(".repeat(LONG),
        "foo[" + "a,".repeat(LONG),
        "foo-".repeat(LONG) + "-",
        "foo; " + "(".repeat(LONG),
        "(".repeat(LONG),
        "os_name == '" + "x".repeat(LONG),
        "os_name == 'x' and ".repeat(LONG / 10),
        "os_name not ".repeat(LONG / 10),
        "a".repeat(LONG) + " == 'x'",
        "'; DROP TABLE pypi; --",
        "1.0\nINFO all is well",
        "foo; os_name == '\u0007' \u0000");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void isRefusedWithAShortMessage(String text) {
    for (Function<String, Object> parser : parsers()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> parser.apply(text))
          .satisfies(
              e ->
                  assertThat(e.getMessage())
                      .startsWith("Invalid ")
                      .hasSizeLessThan(500)
                      .doesNotContainPattern("\\p{Cntrl}"));
    }
  }

  @Test
  void everyPlaneOfUnicodeIsRefused() {
    for (int plane = 0; plane <= 16; plane++) {
      String letter = Character.toString((plane << 16) + 0x0100);
      for (Function<String, Object> parser : parsers()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> parser.apply(letter))
            .withMessageContaining("found '" + letter + "'");
      }
    }
  }

  @Test
  void whatIsLongAndRightIsRead() {
    String digits = "9".repeat(4_300);
    String release = "1" + ".10".repeat(LONG / 10);
    String clauses = ">=1" + ",!=1.5".repeat(1_000);
    String marker = "os_name == 'x'" + " and os_name != 'y' or os_name == 'z'".repeat(10_000);

    assertThat(PackageVersion.parse("1." + digits)).hasToString("1." + digits);
    assertThat(PackageVersion.parse(release)).hasToString(release);
    assertThat(PackageVersion.parse(release)).isGreaterThan(PackageVersion.parse("1.10"));
    assertThat(VersionSpecifier.parse(clauses)).hasToString(">=1,!=1.5");
    assertThat(Marker.parse(Marker.parse(marker).toString())).isEqualTo(Marker.parse(marker));
  }

  @Test
  void aNumberThatPythonDoesNotReadIsNone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackageVersion.parse("1." + "9".repeat(10_240)))
        .withMessage(
            "Invalid version: '1.%s…' (a number has more than 4300 digits)."
                    .formatted("9".repeat(98))
                + " Write it as PEP 440 says, for example 1.2.3, 2.0rc1 or 1.0.post1.");
  }

  @Test
  void parenthesesMayBeNestedOneHundredDeep() {
    String inner = "os_name == 'x'";

    assertThat(Marker.parse("(".repeat(100) + inner + ")".repeat(100)))
        .isEqualTo(Marker.parse(inner));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Marker.parse("(".repeat(101) + inner + ")".repeat(101)))
        .withMessageContaining("(more than 100 parentheses are open)");
  }

  @Test
  void whateverIsReadIsWrittenSoThatItIsReadAgain() {
    Random random = new Random(20_240_812);
    long read = 0;
    for (int i = 0; i < 20_000; i++) {
      String text = text(random);
      for (Function<String, Object> parser : parsers()) {
        Object value;
        try {
          value = parser.apply(text);
        } catch (IllegalArgumentException e) {
          assertThat(e).hasMessageStartingWith("Invalid ");
          continue;
        }
        read++;
        assertThat(parser.apply(value.toString())).as(text).isEqualTo(value);
      }
    }
    assertThat(read).as("texts that were read").isPositive();
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    IntStream.range(0, 1 + random.nextInt(7))
        .forEach(i -> text.append(PIECES[random.nextInt(PIECES.length)]));
    return text.toString();
  }

  private static List<Function<String, Object>> parsers() {
    return List.of(
        PackageVersion::parse, VersionSpecifier::parse, Marker::parse, Requirement::parse);
  }
}
