package io.clickpy.query;

import static io.clickpy.query.rollup.Fields.COUNTRY;
import static io.clickpy.query.rollup.Fields.DATE;
import static io.clickpy.query.rollup.Fields.FILE_TYPE;
import static io.clickpy.query.rollup.Fields.INSTALLER;
import static io.clickpy.query.rollup.Fields.MONTH;
import static io.clickpy.query.rollup.Fields.PROJECT;
import static io.clickpy.query.rollup.Fields.PYTHON;
import static io.clickpy.query.rollup.Fields.SYSTEM;
import static io.clickpy.query.rollup.Fields.VERSION;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Credentials;
import io.clickpy.core.TestServer;
import io.clickpy.core.TestShards;
import io.clickpy.core.access.AccessControl;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.migrate.Topology;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import io.clickpy.query.rollup.Downloads;
import io.clickpy.query.rollup.DownloadsByVersion;
import io.clickpy.query.rollup.DownloadsMaxMin;
import io.clickpy.query.rollup.DownloadsOverallPerDay;
import io.clickpy.query.rollup.DownloadsPerDay;
import io.clickpy.query.rollup.DownloadsPerDayByCountry;
import io.clickpy.query.rollup.DownloadsPerDayByInstallerByType;
import io.clickpy.query.rollup.DownloadsPerDayByPython;
import io.clickpy.query.rollup.DownloadsPerDayBySystem;
import io.clickpy.query.rollup.DownloadsPerDayByVersion;
import io.clickpy.query.rollup.DownloadsPerDayByVersionByCountry;
import io.clickpy.query.rollup.DownloadsPerDayByVersionByFileType;
import io.clickpy.query.rollup.DownloadsPerDayByVersionByInstallerByType;
import io.clickpy.query.rollup.DownloadsPerDayByVersionByInstallerByTypeByCountry;
import io.clickpy.query.rollup.DownloadsPerDayByVersionByPython;
import io.clickpy.query.rollup.DownloadsPerDayByVersionByPythonByCountry;
import io.clickpy.query.rollup.DownloadsPerDayByVersionBySystem;
import io.clickpy.query.rollup.DownloadsPerDayByVersionBySystemByCountry;
import io.clickpy.query.rollup.DownloadsPerMonth;
import io.clickpy.query.rollup.Field;
import io.clickpy.query.rollup.RollupQuery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same downloads on one server and on two shards give the same answers, also to a user who may
 * only read. {@code -Dclickpy.test.seed} repeats a run, {@code -Dclickpy.test.cases} makes it
 * longer.
 */
@Tag("slow")
class ShardsIT {
  private static final long SEED = Long.getLong("clickpy.test.seed", new Random().nextLong());
  private static final int CASES = Integer.getInteger("clickpy.test.cases", 50);

  private static ClickPy single;
  private static TestShards shards;
  private static ClickPy reader;

  @BeforeAll
  static void load(@TempDir Path directory) throws IOException {
    single = TestServer.connect();
    SchemaMigrator.of(single).migrate();
    GeneratedDownloads.loadDownloads(single, PypiSchema.ofDefaults(), new Random(SEED));

    Topology topology = Topology.shards(TestShards.CLUSTER);
    AccessControl access = AccessControl.of(single.database(), "secret").topology(topology);
    Files.writeString(
        Files.createDirectory(directory.resolve("users.d")).resolve("play.xml"), access.usersXml());
    shards = TestShards.start(directory, single.database());
    shards.connections().forEach(shard -> SchemaMigrator.of(shard).topology(topology).migrate());
    GeneratedDownloads.loadDownloads(shards.first(), PypiSchema.ofDefaults(), new Random(SEED));
    shards.flush("pypi");
    reader =
        ClickPy.connect(
            ClickPyConfig.builder(shards.first().config().endpoint())
                .credentials(new Credentials(AccessControl.DEFAULT_USER, "secret"))
                .database(single.database().value())
                .build());
    System.out.println("ShardsIT: seed " + SEED);
  }

  @AfterAll
  static void stop() {
    reader.close();
    shards.close();
    TestServer.dropAndClose(single);
  }

  static Stream<StatsQuery<?>> rollupQuestions() {
    return Stream.of(
            grouped(Downloads.query(), PROJECT),
            grouped(DownloadsMaxMin.query(), PROJECT),
            grouped(DownloadsByVersion.query(), PROJECT, VERSION),
            grouped(DownloadsPerDay.query(), PROJECT, DATE),
            grouped(DownloadsPerMonth.query(), PROJECT, MONTH),
            grouped(DownloadsOverallPerDay.query(), DATE),
            grouped(DownloadsPerDayByCountry.query(), PROJECT, DATE, COUNTRY),
            grouped(DownloadsPerDayByInstallerByType.query(), PROJECT, DATE, INSTALLER, FILE_TYPE),
            grouped(DownloadsPerDayByPython.query(), PROJECT, DATE, PYTHON),
            grouped(DownloadsPerDayBySystem.query(), PROJECT, DATE, SYSTEM),
            grouped(DownloadsPerDayByVersion.query(), PROJECT, VERSION, DATE),
            grouped(DownloadsPerDayByVersionByCountry.query(), PROJECT, VERSION, DATE, COUNTRY),
            grouped(DownloadsPerDayByVersionByFileType.query(), PROJECT, VERSION, DATE, FILE_TYPE),
            grouped(
                DownloadsPerDayByVersionByInstallerByType.query(),
                PROJECT,
                VERSION,
                DATE,
                INSTALLER,
                FILE_TYPE),
            grouped(
                DownloadsPerDayByVersionByInstallerByTypeByCountry.query(),
                PROJECT,
                VERSION,
                DATE,
                INSTALLER,
                FILE_TYPE,
                COUNTRY),
            grouped(DownloadsPerDayByVersionByPython.query(), PROJECT, VERSION, DATE, PYTHON),
            grouped(
                DownloadsPerDayByVersionByPythonByCountry.query(),
                PROJECT,
                VERSION,
                DATE,
                PYTHON,
                COUNTRY),
            grouped(DownloadsPerDayByVersionBySystem.query(), PROJECT, VERSION, DATE, SYSTEM),
            grouped(
                DownloadsPerDayByVersionBySystemByCountry.query(),
                PROJECT,
                VERSION,
                DATE,
                SYSTEM,
                COUNTRY))
        .flatMap(questions -> questions);
  }

  /** By nothing, by each field and by all of them. */
  @SafeVarargs
  private static <Q extends RollupQuery<Q, ?>> Stream<StatsQuery<?>> grouped(
      Q question, Field<? super Q, ?>... fields) {
    List<StatsQuery<?>> questions = new ArrayList<>(List.of(question));
    Q byAll = question;
    for (Field<? super Q, ?> field : fields) {
      questions.add(question.groupBy(field));
      byAll = byAll.groupBy(field);
    }
    questions.add(byAll);
    return questions.stream();
  }

  @ParameterizedTest
  @MethodSource("rollupQuestions")
  void everyRollupAnswersFromAllShardsAsFromOneServer(StatsQuery<?> question) {
    assertThat(question.toQuery().fetch(shards.first()))
        .isNotEmpty()
        .isEqualTo(question.toQuery().fetch(single));
  }

  static Stream<StatsQuery<?>> questions(RandomFilters filters) {
    String project = filters.project();
    return Stream.of(
        filters.on(PypiStats.totalDownloads(project)),
        filters.on(PypiStats.firstAndLastDownload(project)),
        filters.on(PypiStats.downloadsPerDay(project)),
        filters.on(PypiStats.downloadsPerDay(project).fillGaps()),
        filters.on(PypiStats.downloadsPerMonth(project)),
        filters.on(PypiStats.downloadsOverTime(project).granularity(Granularity.WEEK).fillGaps()),
        filters.on(PypiStats.topVersions(project).top(4)),
        filters.on(PypiStats.downloadsByVersion(project).top(3)),
        filters.on(PypiStats.downloadsByPython(project).top(2)),
        filters.on(PypiStats.downloadsByPythonMajor(project).top(2)),
        filters.on(PypiStats.downloadsBySystem(project).top(2)),
        filters.on(PypiStats.downloadsByCountry(project).top(2)),
        filters.on(PypiStats.downloadsByInstaller(project).top(2)),
        filters.on(PypiStats.downloadsByFileType(project).top(2)),
        filters.on(PypiStats.fileTypesByInstaller(project).top(2)));
  }

  @Test
  void everyQuestionOfAReaderIsAnsweredAsByOneServer() {
    Cases.run(
        CASES,
        number ->
            questions(RandomFilters.of(new Random(SEED * 1_000_003 + number)))
                .forEach(
                    question ->
                        assertThat(question.toQuery().fetch(reader))
                            .as("case %d of seed %d: %s", number, SEED, question.sql())
                            .isEqualTo(question.toQuery().fetch(single))));
  }

  @Test
  void aReaderMayExplainAndAskForTheSizesOfTables() {
    assertThat(PypiStats.downloadsByPython("requests").explain(reader).statistics().rowsRead())
        .isPositive();
    Table downloads = PypiSchema.ofDefaults().downloads();
    assertThat(TableStatistics.of(reader).rows(downloads))
        .isEqualTo(TableStatistics.of(shards.first()).rows(downloads));
    assertThat(
            shards.connections().stream()
                .mapToDouble(shard -> TableStatistics.of(shard).rows(downloads))
                .sum())
        .isEqualTo(TableStatistics.of(single).rows(downloads));
  }
}
