package io.clickpy.core.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clickpy.core.ProjectName;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequirementTest {

  @Test
  void aRequirementHasItsParts() {
    Requirement requirement =
        Requirement.parse(
            " Zope.Interface [Test_Suite, docs] >= 5.0 , < 7 ; python_version < '3.9' ");

    assertThat(requirement.name()).isEqualTo(ProjectName.of("zope-interface"));
    assertThat(requirement.extras()).containsExactly("docs", "test-suite");
    assertThat(requirement.specifier()).isEqualTo(VersionSpecifier.parse(">=5.0,<7"));
    assertThat(requirement.url()).isEmpty();
    assertThat(requirement.marker()).contains(Marker.parse("python_version < '3.9'"));
  }

  @Test
  void aUrlStandsInsteadOfASpecifier() {
    Requirement requirement =
        Requirement.parse("pip @ git+https://example.org/pip.git@main#egg=pip;x ; extra=='dev'");

    assertThat(requirement.url()).contains("git+https://example.org/pip.git@main#egg=pip;x");
    assertThat(requirement.specifier()).isEqualTo(VersionSpecifier.parse(""));
    assertThat(requirement.isOptional()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "requests                          | requests",
        "A                                 | a",
        "requests ()                       | requests",
        "requests[]                        | requests",
        "requests [ socks ]                | requests[socks]",
        "foo (>=1.0)                       | foo>=1.0",
        "foo(>=1.0,<2)                     | foo>=1.0,<2",
        "foo ( >= 1.0, != 1.5, )           | foo>=1.0,!=1.5",
        "foo>=1.0,                         | foo>=1.0",
        "foo (===2004d)                    | foo===2004d",
        "foo===2004d;os_name=='nt'         | foo===2004d; os_name == \"nt\"",
        "foo==1.0.*;extra=='a'             | foo==1.0.*; extra == \"a\"",
        "foo;(extra=='a')and os_name=='nt' | foo; extra == \"a\" and os_name == \"nt\"",
        "foo@https://example.org/a.zip     | foo @ https://example.org/a.zip",
        "foo[b,a] @ https://example.org/a.zip ;extra=='a' "
            + "| foo[a,b] @ https://example.org/a.zip ; extra == \"a\""
      })
  void aRequirementHasANormalForm(String text, String normal) {
    assertThat(Requirement.parse(text))
        .hasToString(normal)
        .isEqualTo(Requirement.parse(normal))
        .hasSameHashCodeAs(Requirement.parse(normal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "foo                                                  | false | ``",
        "foo; python_version < '3'                            | false | ``",
        "foo; extra == 'a'                                    | true  | a",
        "foo; extra=='a'                                      | true  | a",
        "foo; 'A_B' == extra                                  | true  | a-b",
        "foo; extra == 'a' and python_version < '3'           | true  | a",
        "foo; (extra == 'a' or extra == 'b') and os_name=='nt' | true | a b",
        "foo; python_version < '3' or extra == 'a'            | false | ``",
        "foo; extra != 'a'                                    | false | ``",
        "foo; extra == 'a' and extra != 'b'                   | true  | a",
        "foo; extra == 'a' and extra == 'b'                   | true  | ``",
        "foo; extra == ''                                     | false | ``",
        "foo; os_name == 'extra'                              | false | ``"
      })
  void anOptionalRequirementIsToldFromADirectOne(String text, boolean optional, String extras) {
    Requirement requirement = Requirement.parse(text);

    assertThat(requirement.isOptional()).isEqualTo(optional);
    assertThat(requirement.enablingExtras())
        .isEqualTo(
            Stream.of(extras.split(" "))
                .filter(extra -> !extra.isEmpty())
                .collect(Collectors.toSet()));
  }

  @Test
  void aRequirementIsNeededWhereItsMarkerHolds() {
    Requirement always = Requirement.parse("foo");
    Requirement onWindows = Requirement.parse("foo; os_name == 'nt' and extra == 'a'");

    assertThat(always.isNeededIn(Map.of())).isTrue();
    assertThat(onWindows.isNeededIn(Map.of("os_name", "nt", "extra", "A"))).isTrue();
    assertThat(onWindows.isNeededIn(Map.of("os_name", "nt"))).isFalse();
    assertThat(onWindows.isNeededIn(Map.of("os_name", "posix", "extra", "a"))).isFalse();
  }

  @Test
  void nothingThatARequirementHandsOutCanBeChanged() {
    Requirement requirement = Requirement.parse("foo[a]; extra == 'b'");
    Set<String> extras = requirement.extras();
    Set<String> enabling = requirement.enablingExtras();

    assertThat(extras).isUnmodifiable();
    assertThat(enabling).isUnmodifiable();
    assertThat(requirement.marker().orElseThrow().extras()).isUnmodifiable();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``            | expected a name that begins and ends with a letter or digit at character 1, found the end",
        "-foo          | expected a name that begins and ends with a letter or digit at character 1, found '-'",
        "foo-          | expected a name that begins and ends with a letter or digit at character 1, found 'f'",
        "föö           | expected a version specifier, ';' or the end at character 2, found 'ö'",
        "foo bar       | expected a version specifier, ';' or the end at character 5, found 'b'",
        "foo 1.0       | expected a version specifier, ';' or the end at character 5, found '1'",
        "foo[a         | expected ']' at character 6, found the end",
        "foo[a b]      | expected ']' at character 7, found 'b'",
        "foo[a,]       | expected a name that begins and ends with a letter or digit at character 7, found ']'",
        "foo (>=1.0    | expected ')' at character 11, found the end",
        "foo >=1.0)    | expected a version specifier, ';' or the end at character 10, found ')'",
        "foo (>=1.0x)  | expected ')' at character 11, found 'x'",
        "foo (>dev)    | expected a digit at character 7, found 'd'",
        "foo (1.0)     | expected ')' at character 6, found '1'",
        "foo >=1.*     | >= takes no .*",
        "foo @         | expected a URL at character 6, found the end",
        "foo @ a b     | expected a version specifier, ';' or the end at character 9, found 'b'",
        "foo;          | expected a variable such as python_version at character 5, found the end",
        "foo; extra == 'a' # why | expected the end at character 19, found '#'"
      })
  void theErrorNamesTheValueTheReasonAndTheWayOut(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Requirement.parse(text))
        .withMessage(
            "Invalid requirement: '%s' (%s).".formatted(text, reason)
                + " Write it as PEP 508 says, for example"
                + " requests[socks]>=2,<3; python_version < \"3.9\".");
    assertThat(Requirement.tryParse(text)).isEmpty();
  }
}
