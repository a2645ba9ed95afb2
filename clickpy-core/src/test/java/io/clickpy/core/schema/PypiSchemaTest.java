package io.clickpy.core.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PypiSchemaTest {
  private final PypiSchema schema = PypiSchema.ofDefaults();

  @Test
  void holdsEveryNameOfClickPy() {
    assertThat(schema.names())
        .hasSize(43)
        .doesNotHaveDuplicates()
        .contains("pypi", "projects", "countries", "countries_dict", "last_updated_dict")
        .contains("pypi_downloads", "pypi_downloads_mv")
        .contains("pypi_downloads_max_min", "pypi_downloads_max_min_mv");
    assertThat(schema.projects().columns()).hasSize(37);
  }

  @Test
  void eachRollupComesBehindTheTableItIsDerivedFrom() {
    List<Table> seen = new ArrayList<>(List.of(schema.downloads()));
    for (Rollup rollup : schema.rollups()) {
      assertThat(seen).contains(rollup.derivedFrom());
      seen.add(rollup);
    }
  }

  @Test
  void onlyTheThreeFinestRollupsReadTheRawTable() {
    assertThat(schema.rollups())
        .filteredOn(rollup -> rollup.derivedFrom().equals(schema.downloads()))
        .hasSize(3);
  }

  @Test
  void eachDimensionOfARollupIsInItsSortKey() {
    assertThat(schema.rollups())
        .allSatisfy(
            rollup -> {
              List<String> keyAndMeasure = new ArrayList<>(rollup.sortKey());
              rollup.measure().columns().forEach(column -> keyAndMeasure.add(column.name()));
              assertThat(rollup.columns())
                  .extracting(Column::name)
                  .containsExactlyElementsOf(keyAndMeasure);
            });
  }

  @Test
  void noTwoRollupsAnswerTheSameQuestions() {
    assertThat(schema.rollups().stream().map(r -> List.of(Set.copyOf(r.dimensions()), r.measure())))
        .doesNotHaveDuplicates();
  }

  @Test
  void prefixStandsBeforeEveryName() {
    PypiSchema staged = PypiSchema.withPrefix("stage_");

    assertThat(staged.names())
        .containsExactlyElementsOf(schema.names().stream().map(n -> "stage_" + n).toList());
    assertThat(staged.rollup("pypi_downloads").name()).isEqualTo("stage_pypi_downloads");
    assertThat(staged.rollup("pypi_downloads").derivedFrom().name())
        .isEqualTo("stage_pypi_downloads_by_version");
  }

  @Test
  void prefixThatNeedsQuotingIsRefused() {
    assertThatThrownBy(() -> PypiSchema.withPrefix("a b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid table prefix: 'a b' (must be a letter or _, then at most 62 letters, digits or _)");
  }

  @Test
  void clickPysOwnTablesHaveItsNamesAndItsDefects() {
    PypiSchema clickpys = PypiSchema.ofClickPy();
    String byInstaller = "pypi_downloads_per_day_by_version_by_installer_by_type";

    assertThat(clickpys.names()).hasSize(33);
    assertThat(schema.names()).containsAll(clickpys.names());
    assertThat(clickpys.rollup(byInstaller).hasColumn("type")).isFalse();
    assertThat(clickpys.rollups())
        .filteredOn(rollup -> !rollup.name().equals(byInstaller))
        .extracting(Rollup::dimensions)
        .containsExactlyElementsOf(
            schema.rollups().stream()
                .filter(rollup -> clickpys.names().contains(rollup.name()))
                .filter(rollup -> !rollup.name().equals(byInstaller))
                .map(Rollup::dimensions)
                .toList());
    assertThat(clickpys.incomplete()).containsExactly(clickpys.rollup("pypi_downloads_per_month"));
    assertThat(schema.incomplete()).isEmpty();
    assertThat(clickpys.downloads().sortKey()).startsWith("project", "date", "version");
    assertThat(clickpys).hasToString("PypiSchema[ClickPy's own]");
  }

  @Test
  void unknownRollupIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> schema.rollup("pypi_downloads_per_hour"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Invalid rollup: 'pypi_downloads_per_hour' (must be one of pypi_downloads_per_day_by_version_by_installer_by_type_by_country, ");
  }

  @Test
  void rollupThatItsSourceCannotTellIsRefused() {
    Rollup perDay = schema.rollup("pypi_downloads_per_day");

    assertThatThrownBy(
            () ->
                new Rollup(
                    "x",
                    List.of(Dimension.PROJECT, Dimension.SYSTEM),
                    Measure.COUNT,
                    perDay,
                    "Impossible."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid source: pypi_downloads_per_day (it cannot tell system)");
  }

  @Test
  void dimensionNamedTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                new Rollup(
                    "x",
                    List.of(Dimension.PROJECT, Dimension.PROJECT),
                    Measure.COUNT,
                    schema.downloads(),
                    "Twice."))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid dimensions of x: [PROJECT, PROJECT] (must be some, each once)");
  }
}
