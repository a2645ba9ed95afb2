package io.clickpy.core.country;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CountriesIT {
  private static final ClickPy clickpy = TestServer.connect();

  @TempDir private Path directory;

  @BeforeAll
  static void migrate() {
    SchemaMigrator.of(clickpy).migrate();
  }

  @BeforeEach
  void startWithAllCountries() throws IOException {
    Path csv = csv("name,alpha-2\n", iso(), "\"%2$s\",%1$s\n");
    Countries.of(clickpy).allowFewer().replaceFrom(csv);
  }

  @AfterAll
  static void drop() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void aFileReplacesTheNamesAtOnceInTableAndDictionary() throws IOException {
    Path csv = csv("\uFEFFcode,alpha-2,name,alpha-3\r\n", iso(), "1,%s,\"%s, \"\"new\"\"\",X\r\n");

    long names = Countries.of(clickpy).replaceFrom(csv);

    assertThat(names).isEqualTo(CountryCodes.names().size());
    assertThat(name("DE")).isEqualTo("Germany, \"new\"");
    assertThat(name("NA")).isEqualTo("Namibia, \"new\"");
    assertThat(name("EU")).isEqualTo("Europe");
    assertThat(name("")).isEqualTo("Unknown");
    assertThat(tables()).doesNotContain("countries_new");
  }

  @Test
  void theNameOfACodeThatIsNoCountryCanBeReplacedToo() throws IOException {
    Path csv = csv("name,alpha-2\n", iso() + "\nEU|European Union", "\"%2$s\",%1$s\n");

    Countries.of(clickpy).replaceFrom(csv);

    assertThat(name("EU")).isEqualTo("European Union");
  }

  static Stream<Arguments> unusableFiles() {
    String rest = iso().lines().skip(1).collect(Collectors.joining("\n"));
    return Stream.of(
        Arguments.of("no file's text at all", "", "it seems cut"),
        Arguments.of("a header alone", "name,alpha-2\n", "it seems cut"),
        Arguments.of("no code column", rows("name,code\n", iso(), "\"%2$s\",%1$s\n"), "'' named"),
        Arguments.of(
            "no name column", rows("title,alpha-2\n", iso(), "\"%2$s\",%1$s\n"), "named ''"),
        Arguments.of("a few rows", "name,alpha-2\nGermany,DE\n", "it seems cut"),
        Arguments.of(
            "a code twice",
            rows("name,alpha-2\n", iso() + "\nDE|Germany", "\"%2$s\",%1$s\n"),
            "'DE' named 'Germany' and 1 more"),
        Arguments.of(
            "a code of three letters",
            rows("name,alpha-2\n", rest + "\nDEU|Germany", "\"%2$s\",%1$s\n"),
            "'DEU' named 'Germany'"),
        Arguments.of(
            "a quote that does not end",
            rows("name,alpha-2\n", iso(), "\"%2$s\",%1$s\n") + "\"Nowhere,ZZ\n",
            "Cannot read countries from"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unusableFiles")
  void aFileThatCannotBeRightChangesNothing(String what, String text, String reason)
      throws IOException {
    Path csv = Files.writeString(directory.resolve("countries.csv"), text);
    Map<String, String> before = names();

    assertThatThrownBy(() -> Countries.of(clickpy).replaceFrom(csv))
        .as(what)
        .isInstanceOf(ClickPyException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(csv.toString())
        .extracting(e -> ((ClickPyException) e).code())
        .isEqualTo(ErrorCode.INVALID_DATA);

    assertThat(names()).isEqualTo(before);
    assertThat(tables()).doesNotContain("countries_new");
  }

  @Test
  void aShortFileIsTakenOnRequestAlone() throws IOException {
    Path csv = Files.writeString(directory.resolve("short.csv"), "name,alpha-2\nGermany,DE\n");

    long names = Countries.of(clickpy).allowFewer().replaceFrom(csv);

    assertThat(names).isEqualTo(1 + CountryCodes.others().size());
    assertThat(name("DE")).isEqualTo("Germany");
    assertThat(name("FR")).isEmpty();
  }

  @Test
  void aMissingFileIsNamed() {
    Path csv = directory.resolve("none.csv");

    assertThatThrownBy(() -> Countries.of(clickpy).replaceFrom(csv))
        .hasMessage("Cannot read countries from %s (no such file)", csv);
  }

  @Test
  void otherNamesOfTheTablesAreLeftAlone() throws IOException {
    PypiSchema other = PypiSchema.withPrefix("other_");
    SchemaMigrator.of(clickpy).schema(other).migrate();
    Path csv = csv("name,alpha-2\n", iso(), "\"%2$s!\",%1$s\n");

    Countries.of(clickpy).schema(other).replaceFrom(csv);

    assertThat(name("DE")).isEqualTo("Germany");
    assertThat(lookUp("other_countries_dict", "DE")).isEqualTo("Germany!");
  }

  @Test
  void thePublishedListOfIso3166IsTaken() {
    Path csv = Path.of("../../shared/data/countries/iso3166-all.csv");
    assumeThat(csv).as("published list, beside the project").exists();

    Countries.of(clickpy).replaceFrom(csv);

    assertThat(name("AX")).isEqualTo("Åland Islands");
    assertThat(name("EU")).isEqualTo("Europe");
  }

  /** One {@code code|name} per line. */
  private static String iso() {
    return Stream.of(Locale.getISOCountries())
        .sorted(Comparator.naturalOrder())
        .map(code -> code + "|" + CountryCodes.names().get(code))
        .collect(Collectors.joining("\n"));
  }

  private static String rows(String header, String codesAndNames, String row) {
    return header
        + codesAndNames
            .lines()
            .map(line -> line.split("\\|", 2))
            .map(parts -> row.formatted(parts[0], parts[1]))
            .collect(Collectors.joining());
  }

  private Path csv(String header, String codesAndNames, String row) throws IOException {
    return Files.writeString(directory.resolve("countries.csv"), rows(header, codesAndNames, row));
  }

  private String name(String code) {
    return lookUp("countries_dict", code);
  }

  private String lookUp(String dictionary, String code) {
    List<String> names =
        Query.of(
                "SELECT dictGet(concat(currentDatabase(), '.', {dictionary:String}), 'name', tuple({code:String})) AS name",
                row -> row.string("name"))
            .bind("dictionary", dictionary)
            .bind("code", code)
            .fetch(clickpy);
    return names.get(0);
  }

  private Map<String, String> names() {
    return Query.of(
            "SELECT code, name FROM countries",
            row -> Map.entry(row.string("code"), row.string("name")))
        .fetch(clickpy)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private String tables() {
    return String.join(
            ",",
            Query.of(
                    "SELECT name FROM system.tables WHERE database = currentDatabase() ORDER BY name",
                    row -> row.string("name"))
                .fetch(clickpy))
        + ",";
  }
}
