package io.clickpy.core.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
  private static final Map<String, String> LINUX =
      Map.ofEntries(
          Map.entry("python_version", "3.10"),
          Map.entry("python_full_version", "3.10.0rc2"),
          Map.entry("os_name", "posix"),
          Map.entry("sys_platform", "linux"),
          Map.entry("platform_release", "6.1.0-13-amd64"),
          Map.entry("platform_system", "Linux"),
          Map.entry("platform_version", "#1 SMP Debian"),
          Map.entry("platform_machine", "x86_64"),
          Map.entry("platform_python_implementation", "CPython"),
          Map.entry("implementation_name", "cpython"),
          Map.entry("implementation_version", "3.10.0"),
          Map.entry("extra", "Dev_Tools"));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Versions compare as versions: 3.10 comes after 3.9.
        "python_version >= '3.9'              | true",
        "python_version < \"3.9\"             | false",
        "'3.9' <= python_version              | true",
        "python_version == '3.*'              | true",
        "python_version == '3.10.0'           | true",
        "python_version ~= '3.8'              | true",
        "python_version != '3.10'             | false",
        "python_version === '3.10'            | true",
        "python_version === '3.10.0'          | false",
        "python_full_version < '3.10.0'       | false",
        "python_full_version < '3.10.0rc3'    | true",
        "python_full_version >= '3.10.0rc1'   | true",
        "implementation_version > '3.9.9'     | true",
        // A list of versions is a text to look for the version in.
        "python_version in '2.7, 3.10'        | true",
        "python_version not in '2.7, 3.4'     | true",
        // A kernel that is no version is neither before nor after one.
        "platform_release >= '5.0'            | false",
        "platform_release < '5.0'             | false",
        "platform_release === '6.1.0-13-amd64' | true",
        "platform_release == '6.1.0-13-amd64' | true",
        // All else is text.
        "sys_platform == 'linux'              | true",
        "sys_platform == 'Linux'              | false",
        "sys_platform != 'win32'              | true",
        "sys_platform === 'linux'             | true",
        "sys_platform in 'linux darwin'       | true",
        "sys_platform not  in 'linux darwin'  | false",
        "'SMP' in platform_version            | true",
        "'BSD' not in platform_version        | true",
        "platform_machine >= 'x86_64'         | true",
        "platform_machine <= 'x86_64'         | true",
        "platform_machine > 'a'               | false",
        "platform_machine < 'z'               | false",
        "os.name == 'posix'                   | true",
        "sys.platform == 'linux'              | true",
        "platform.version == 'x'              | false",
        "platform.machine == 'x86_64'         | true",
        "platform.python_implementation == 'CPython' | true",
        "python_implementation == 'PyPy'      | false",
        "implementation_name == 'cpython'     | true",
        "platform_system == 'Linux'           | true",
        // Extras compare in the normal form of names.
        "extra == 'dev-tools'                 | true",
        "extra == 'dev.TOOLS'                 | true",
        "'DEV_tools' == extra                 | true",
        "extra == 'dev'                       | false",
        "extra != 'dev'                       | true",
        // Of and, or and parentheses, and binds before or.
        "os_name == 'nt' and os_name == 'nt' or os_name == 'posix'   | true",
        "os_name == 'nt' and (os_name == 'nt' or os_name == 'posix') | false",
        "os_name == 'posix' or os_name == 'nt' and os_name == 'nt'   | true",
        "(os_name == 'posix' or os_name == 'nt') and os_name == 'nt' | false",
        "((os_name=='posix'))and(os_name!='nt')                      | true"
      })
  void aMarkerHoldsAsThePepSays(String marker, boolean holds) {
    assertThat(Marker.parse(marker).evaluate(LINUX)).isEqualTo(holds);
    assertThat(Marker.parse(Marker.parse(marker).toString()).evaluate(LINUX)).isEqualTo(holds);
  }

  @Test
  void withoutAnExtraNoneIsAskedFor() {
    assertThat(Marker.parse("extra == 'dev'").evaluate(Map.of())).isFalse();
    assertThat(Marker.parse("extra != 'dev'").evaluate(Map.of())).isTrue();
    assertThat(Marker.parse("extra == 'dev'").evaluate(Map.of("extra", ""))).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "python_version<'3'                    | python_version < \"3\"",
        "'3'>python_version                    | \"3\" > python_version",
        "os.name=='nt'                         | os_name == \"nt\"",
        "python_implementation != 'PyPy'       | platform_python_implementation != \"PyPy\"",
        "platform_version == 'a\"b'            | platform_version == 'a\"b'",
        "platform_version not   in \"a'b\"     | platform_version not in \"a'b\"",
        "(os_name=='a' and (os_name=='b')) and os_name=='c' "
            + "| os_name == \"a\" and os_name == \"b\" and os_name == \"c\"",
        "os_name=='a' or (os_name=='b' or os_name=='c') "
            + "| os_name == \"a\" or os_name == \"b\" or os_name == \"c\"",
        "os_name=='a' and (os_name=='b' or os_name=='c') "
            + "| os_name == \"a\" and (os_name == \"b\" or os_name == \"c\")",
        "(os_name=='a' and os_name=='b') or os_name=='c' "
            + "| os_name == \"a\" and os_name == \"b\" or os_name == \"c\""
      })
  void aMarkerHasANormalForm(String text, String normal) {
    assertThat(Marker.parse(text))
        .hasToString(normal)
        .isEqualTo(Marker.parse(normal))
        .hasSameHashCodeAs(Marker.parse(normal))
        .isNotEqualTo(normal);
  }

  @Test
  void aMarkerTellsItsExtras() {
    assertThat(
            Marker.parse(
                    "extra == 'Dev_Tools' and os_name == 'nt' or (extra == 'a' or 'b' == extra)")
                .extras())
        .containsExactlyInAnyOrder("dev-tools", "a", "b");
    assertThat(Marker.parse("os_name == 'extra'").extras()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                       | expected a variable such as python_version at character 1, found the end",
        "python == '3'            | expected a variable such as python_version at character 1, found 'p'",
        "Extra == 'x'             | expected a variable such as python_version at character 1, found 'E'",
        "'a' == 'b'               | expected a variable such as python_version at character 8, found '''",
        "os_name == sys_platform  | expected a quoted text at character 12, found 's'",
        "os_name == nt            | expected a quoted text at character 12, found 'n'",
        "os_name = 'nt'           | expected one of == != <= >= < > ~= === in, not in at character 9, found '='",
        "os_name is 'nt'          | expected one of == != <= >= < > ~= === in, not in at character 9, found 'i'",
        "os_name not 'nt'         | expected one of == != <= >= < > ~= === in, not in at character 9, found 'n'",
        "os_name inn 'nt'         | expected one of == != <= >= < > ~= === in, not in at character 9, found 'i'",
        "os_name == 'nt           | expected ''' at character 15, found the end",
        "os_name == 'nt' and      | expected a variable such as python_version at character 20, found the end",
        "os_name == 'nt' xor os_name == 'b' | expected the end at character 17, found 'x'",
        "(os_name == 'nt'         | expected ')' at character 17, found the end",
        "os_name == 'nt')         | expected the end at character 16, found ')'",
        "os_name ~= '3.1'         | ~= compares versions, and os_name is none"
      })
  void theErrorNamesTheValueTheReasonAndTheWayOut(String text, String reason) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Marker.parse(text))
        .withMessage(
            "Invalid marker: '%s' (%s).".formatted(text, reason)
                + " Write it as PEP 508 says, for example"
                + " python_version < \"3.9\" and extra == \"socks\".");
  }

  @Test
  void aVariableThatTheEnvironmentLacksIsAnError() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Marker.parse("os.name == 'nt'").evaluate(Map.of("os.name", "nt")))
        .withMessage(
            "Cannot evaluate marker: os_name == \"nt\" (the environment has no os_name)."
                + " Add it to the environment.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "three", "3.*"})
  void compatibleWithWhatIsNoVersionIsAnError(String text) {
    Marker marker = Marker.parse("python_version ~= '" + text + "'");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> marker.evaluate(LINUX))
        .withMessage(
            "Cannot evaluate marker: python_version ~= \"%s\" (~= compares versions)."
                    .formatted(text)
                + " Write one of two numbers or more.");
  }

  @Test
  void anyNestingEvaluatesAsJavaWould() {
    Random random = new Random(508);
    for (int i = 0; i < 2_000; i++) {
      Condition condition = condition(random, 4);
      Map<String, String> environment = new HashMap<>(LINUX);
      environment.put("os_name", "yes");

      Marker marker = Marker.parse(condition.text());

      assertThat(marker.evaluate(environment)).as(condition.text()).isEqualTo(condition.holds());
      assertThat(Marker.parse(marker.toString())).isEqualTo(marker);
    }
  }

  private record Condition(String text, boolean holds) {}

  private static Condition condition(Random random, int depth) {
    int choice = depth == 0 ? 0 : random.nextInt(4);
    if (choice == 0) {
      boolean holds = random.nextBoolean();
      return new Condition(holds ? "os_name=='yes'" : "os_name == \"no\"", holds);
    }
    Condition left = condition(random, depth - 1);
    Condition right = condition(random, depth - 1);
    return switch (choice) {
      case 1 ->
          new Condition(
              "(" + left.text() + ") and ( " + right.text() + " )", left.holds() && right.holds());
      case 2 -> new Condition(left.text() + " or " + right.text(), left.holds() || right.holds());
      default -> new Condition("(" + left.text() + ")", left.holds());
    };
  }
}
