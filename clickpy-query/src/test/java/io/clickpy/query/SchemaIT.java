package io.clickpy.query;

import static io.clickpy.query.rollup.Fields.FILE_TYPE;
import static io.clickpy.query.rollup.Fields.INSTALLER;
import static io.clickpy.query.rollup.Fields.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.GeneratedDatabase.Merges;
import io.clickpy.query.rollup.DownloadsPerDayByVersionByInstallerByType;
import io.clickpy.query.rollup.DownloadsPerMonth;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same downloads in other tables give the same answers. */
class SchemaIT {
  private static final PypiSchema CLICKPYS = PypiSchema.ofClickPy();
  private static final PypiSchema PREFIXED = PypiSchema.withPrefix("other_");

  @RegisterExtension static final GeneratedDatabase OURS = GeneratedDatabase.of(Merges.DONE);

  @RegisterExtension
  static final GeneratedDatabase WITH_PREFIX = GeneratedDatabase.of(PREFIXED, Merges.PENDING);

  private static ClickPy clickpys;

  @BeforeAll
  static void load() {
    clickpys = TestServer.connectToEmptyDatabase();
    ClickPysTables.create(clickpys);
    GeneratedDownloads.loadDownloads(clickpys, CLICKPYS, new Random(GeneratedDatabase.SEED));
    GeneratedDownloads.loadFiles(clickpys, CLICKPYS, new Random(GeneratedDatabase.SEED));
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpys);
  }

  @Test
  void everyQuestionHasTheSameAnswerInEveryTables() {
    for (PlannedQuery<?, ?> question : EntryPoints.all("pandas", "1.0")) {
      compare(question);
    }
    compare(PypiStats.topVersions("numpy").versions(">=1,<3").excludingMirrors());
    compare(PypiStats.downloadsByFileType("pandas").installer("pip"));
    compare(PypiStats.fileTypesByInstaller("pandas").country("US"));
    compare(
        PypiStats.downloadsPerMonth("pandas")
            .planFor(TableStatistics.of(Map.of("pypi_downloads_per_month", 1L))));
  }

  private static void compare(PlannedQuery<?, ?> question) {
    compare((schema, clickpy) -> question.schema(schema).toQuery().fetch(clickpy));
  }

  @Test
  void filesTellTheSameInEveryTables() {
    compare((schema, at) -> PypiStats.recentReleasesOfTopProjects(3).schema(schema).fetch(at));
    compare(
        (schema, at) ->
            PypiStats.projectDetails("pandas").schema(schema).fetch(at).stream().toList());
    compare(
        (schema, at) ->
            PypiStats.dependencies("pandas")
                .schema(schema)
                .lastDays(9)
                .fetch(at)
                .orElseThrow()
                .dependencies());
    compare(
        (schema, at) ->
            PypiStats.dependents("pandas").schema(schema).lastDays(9).fetch(at).dependents());
  }

  private static void compare(BiFunction<PypiSchema, ClickPy, List<?>> question) {
    List<?> ours = question.apply(PypiSchema.ofDefaults(), OURS.clickpy());
    assertThat(ours).isNotEmpty();
    assertThat((Object) question.apply(CLICKPYS, clickpys)).isEqualTo(ours);
    assertThat((Object) question.apply(PREFIXED, WITH_PREFIX.clickpy())).isEqualTo(ours);
  }

  @Test
  void whatClickPysTablesCannotTellIsToldByOthers() {
    assertThat(PypiStats.fileTypesByInstaller("pandas").schema(CLICKPYS).plan().toString())
        .startsWith(
            "pypi_downloads_per_day_by_version_by_installer_by_type_by_country reads about ")
        .contains("not pypi_downloads_per_day_by_version_by_installer_by_type lacks [type]")
        .contains("not pypi_downloads_per_month lacks [installer, older days, type]");
    assertThat(PypiStats.downloadsByInstaller("pandas").schema(CLICKPYS).plan().table().name())
        .isEqualTo("pypi_downloads_per_day_by_version_by_installer_by_type");
  }

  @Test
  void aBuilderAsksTheTableOfItsSchema() {
    DownloadsPerMonth perMonth = DownloadsPerMonth.query().groupBy(PROJECT);
    assertThat(perMonth.schema(PREFIXED).fetch(WITH_PREFIX.clickpy()))
        .isNotEmpty()
        .isEqualTo(perMonth.fetch(OURS.clickpy()));
    // Nothing is as new as ClickPy's view wants it.
    assertThat(perMonth.schema(CLICKPYS).fetch(clickpys)).isEmpty();
    DownloadsPerDayByVersionByInstallerByType byInstaller =
        DownloadsPerDayByVersionByInstallerByType.query().groupBy(INSTALLER);
    assertThat(byInstaller.schema(CLICKPYS).fetch(clickpys))
        .isNotEmpty()
        .isEqualTo(byInstaller.fetch(OURS.clickpy()));
  }

  @Test
  void aBuilderRefusesWhatItsTableCannotTell() {
    assertThatThrownBy(
            () ->
                DownloadsPerDayByVersionByInstallerByType.query()
                    .groupBy(FILE_TYPE)
                    .schema(CLICKPYS)
                    .toQuery())
        .isInstanceOf(NoCoveringRollupException.class)
        .hasMessage(
            "Cannot answer from a rollup: [type]"
                + " (pypi_downloads_per_day_by_version_by_installer_by_type lacks [type])."
                + " Ask without them, or the builder of another rollup.");
  }
}
