package io.clickpy.core.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What PyPI really has, where the data beside the project's checkout is there. */
class RealNamesAndVersionsTest {
  private static final Pattern STRING = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"");
  private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-f]{4})");

  @Test
  void versionsAreInTheirKnownOrder() throws IOException {
    List<PackageVersion> versions =
        strings("valid_in_sorted_order", "invalid").stream().map(PackageVersion::parse).toList();

    for (int i = 0; i < versions.size(); i++) {
      for (int j = 0; j < versions.size(); j++) {
        assertThat(Integer.signum(versions.get(i).compareTo(versions.get(j))))
            .as("%s compared with %s", versions.get(i), versions.get(j))
            .isEqualTo(Integer.compare(i, j));
      }
    }
  }

  @Test
  void whatIsKnownToBeNoVersionIsRefused() throws IOException {
    assertThat(strings("invalid", "normalization"))
        .isNotEmpty()
        .allSatisfy(
            text ->
                assertThatIllegalArgumentException().isThrownBy(() -> PackageVersion.parse(text)));
  }

  @Test
  void spellingsHaveTheirKnownNormalForms() throws IOException {
    List<String> pairs =
        strings("normalization", "\n}").stream().filter(text -> !text.startsWith("test_")).toList();

    assertThat(pairs.size()).isPositive().isEven();
    for (int i = 0; i < pairs.size(); i += 2) {
      assertThat(PackageVersion.parse(pairs.get(i))).hasToString(pairs.get(i + 1));
    }
  }

  @Test
  void nearlyAllVersionsOfPypiAreRead() throws IOException {
    List<String> texts = lines("packaging_version_sample.txt");
    List<PackageVersion> versions =
        texts.stream().map(PackageVersion::tryParse).flatMap(Optional::stream).toList();

    assertThat(versions).hasSizeGreaterThan(texts.size() * 95 / 100);
    assertThat(versions)
        .allSatisfy(
            version -> assertThat(PackageVersion.parse(version.toString())).isEqualTo(version));
  }

  @Test
  void allSpecifiersOfTheSampleAreRead() throws IOException {
    assertThat(lines("packaging_specs_sample.txt"))
        .allSatisfy(
            text -> {
              VersionSpecifier specifier = VersionSpecifier.parse(text);
              assertThat(VersionSpecifier.parse(specifier.toString())).isEqualTo(specifier);
            });
  }

  @Test
  void allRequirementsOfTheSampleAreRead() throws IOException {
    assertThat(lines("packaging_dist_sample.txt"))
        .allSatisfy(
            text -> {
              Requirement requirement = Requirement.parse(text);
              assertThat(Requirement.parse(requirement.toString())).isEqualTo(requirement);
              assertThat(requirement.isOptional()).isEqualTo(text.matches(".*\\bextra\\s*==.*"));
              assertThat(requirement.enablingExtras().isEmpty())
                  .isEqualTo(!requirement.isOptional());
            });
  }

  /** The strings of a JSON file between two of its parts. */
  private static List<String> strings(String from, String to) throws IOException {
    String json = Files.readString(file("pep440_versions.json"));
    int start = json.indexOf("\"" + from + "\":") + from.length() + 3;
    int end = json.indexOf(to.startsWith("\n") ? to : "\"" + to + "\":", start);
    assertThat(end).as("end of %s", from).isGreaterThan(start);
    return STRING
        .matcher(json.substring(start, end))
        .results()
        .map(result -> unescaped(result.group(1)))
        .toList();
  }

  private static String unescaped(String json) {
    return UNICODE
        .matcher(json)
        .replaceAll(code -> Character.toString(Integer.parseInt(code.group(1), 16)))
        .translateEscapes();
  }

  private static List<String> lines(String name) throws IOException {
    List<String> lines = Files.readAllLines(file(name));
    assertThat(lines).isNotEmpty();
    return lines;
  }

  private static Path file(String name) {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.isDirectory(at.resolve("shared/data"))) {
      at = at.getParent();
    }
    Path file =
        (at == null ? Path.of("..") : at).resolve("shared/data/names-and-versions").resolve(name);
    assumeTrue(Files.isRegularFile(file), "skipped: there is no " + file);
    return file;
  }
}
