package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectsIT {
  /** As BigQuery exports it, with a column that the table lacks, and without most that it has. */
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message metadata {
            optional binary license_expression (STRING);
            optional binary name (STRING);
            optional binary version (STRING);
            optional group requires_dist (LIST) {
              repeated group list { optional binary element (STRING); }
            }
            optional int64 upload_time (TIMESTAMP(MICROS,true));
            optional boolean has_signature;
            optional int64 size;
            optional binary filename (STRING);
          }
          """);

  /** 2024-08-12T10:00:00.123456Z. */
  private static final long MICROS = 1_723_456_800_123_456L;

  @TempDir Path folder;
  private final ClickPyConfig config = TestServer.config().build();
  private final ClickPy clickpy = ClickPy.connect(config);

  @BeforeEach
  void migrate() {
    SchemaMigrator.of(clickpy).migrate();
  }

  @AfterEach
  void drop() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void theRowsOfAllFilesTakeThePlaceOfTheOldOnes() {
    refresh(file("old", "gone", "pandas"));
    ProjectsReport report = refresh(file("a", "pandas", "Scikit_Learn"), file("b", "pandas"));

    assertThat(report)
        .returns(2, ProjectsReport::files)
        .returns(3L, ProjectsReport::rows)
        .returns(2L, ProjectsReport::projects)
        .returns(2L, ProjectsReport::rowsBefore);
    assertThat(names()).containsExactly("Scikit_Learn", "pandas", "pandas");
    assertThat(tables()).containsExactly("projects");
    assertThat(SchemaMigrator.of(clickpy).diff()).isEmpty();
  }

  @Test
  void everyColumnIsFoundByItsNameAndWhatIsUnknownIsEmpty() {
    refresh(file("a", "pandas"));

    assertThat(
            Query.of(
                    "SELECT name, version, requires_dist, toString(upload_time) AS at,"
                        + " toString(has_signature) AS signed, size, filename, summary,"
                        + " classifiers FROM projects",
                    row ->
                        List.of(
                            row.string("name"),
                            row.string("version"),
                            row.strings("requires_dist"),
                            row.string("at"),
                            row.string("signed"),
                            row.longValue("size"),
                            row.string("filename"),
                            row.string("summary"),
                            row.strings("classifiers")))
                .fetch(clickpy))
        .containsExactly(
            List.of(
                "pandas",
                "",
                List.of("numpy>=1.26", ""),
                "2024-08-12 10:00:00.123",
                "true",
                4_711L,
                "pandas.whl",
                "",
                List.of()));
  }

  @Test
  void theDictionaryKnowsTheNewRowsAtOnce() {
    assertThat(lastUpdate("scikit-learn")).startsWith("1970");
    refresh(file("a", "Scikit_Learn"));

    assertThat(lastUpdate("scikit-learn")).isEqualTo("2024-08-12 10:00:00.123");
  }

  @Test
  void anEmptyInputIsRefused() {
    refresh(file("old", "pandas"));
    Path empty = file("empty");

    assertThatThrownBy(() -> refresh(empty))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot refresh projects from ParquetSource.local(%s) (it has no rows). Nothing was changed. Export it again."
                .formatted(folder));
    assertUnchanged("pandas");
  }

  @Test
  void anInputThatHasShrunkIsRefusedUnlessThatIsRight() {
    refresh(file("old", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
    Path shrunk = file("new", "a", "b", "c", "d", "e", "f", "g", "h");

    assertThatThrownBy(() -> refresh(shrunk))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot refresh projects from ParquetSource.local(%s) (it has 8 rows, and there are 10 now). Nothing was changed. Export it again; if it is right, lower minimumShare, which is 0.9."
                .formatted(folder));
    assertUnchanged("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");

    assertThat(Projects.of(clickpy).minimumShare(0.8).refresh(ParquetSource.local(shrunk)).rows())
        .isEqualTo(8);
  }

  @Test
  void anInputThatHasLostProjectsIsRefusedThoughItHasAsManyRows() {
    refresh(file("old", "a", "b"));
    Path other = file("new", "a", "a", "a");

    assertThatThrownBy(() -> refresh(other))
        .isInstanceOf(ClickPyException.class)
        .hasMessageContaining("(it has 1 projects, and there are 2 now)");
    assertUnchanged("a", "b");
  }

  @Test
  void anotherTablesExportIsRefused() {
    Path downloads =
        ExportFile.with()
            .write(
                folder.resolve("downloads.parquet"),
                List.of(Download.of("2024-08-12T10:00:00Z", "pandas")));

    assertThatThrownBy(() -> Projects.of(clickpy).refresh(ParquetSource.local(downloads)))
        .isInstanceOf(ClickPyException.class)
        .hasMessageContaining("1 of its 1 rows have no name")
        .hasMessageContaining("Export BigQuery's distribution_metadata.");
    assertUnchanged();
  }

  @Test
  void aDamagedFileIsNamedAndNothingChanges() throws IOException {
    refresh(file("old", "pandas"));
    Path damaged = file("damaged", "pandas");
    byte[] bytes = Files.readAllBytes(damaged);
    Arrays.fill(bytes, 4, bytes.length / 3, (byte) 0x55);
    Files.write(damaged, bytes);

    assertThatThrownBy(() -> Projects.of(clickpy).refresh(ParquetSource.local(damaged)))
        .isInstanceOf(ClickPyException.class)
        .hasMessageStartingWith("Cannot refresh projects from " + damaged.toUri() + " (")
        .hasMessageEndingWith(" Nothing was changed.")
        .returns(ErrorCode.INVALID_DATA, e -> ((ClickPyException) e).code());
    assertUnchanged("pandas");
  }

  @Test
  void refreshingTwiceChangesNothing() {
    Path file = file("a", "pandas");
    refresh(file);
    assertThat(refresh(file).rowsBefore()).isEqualTo(1);
    assertUnchanged("pandas");
  }

  @ParameterizedTest
  @CsvSource({
    "EXCHANGE TABLES, true",
    "EXCHANGE TABLES, false",
    "FORMAT%20Parquet, true",
    "FORMAT%20Parquet, false",
    "MOVE PARTITION, true",
    "RELOAD DICTIONARY, true"
  })
  void brokenConnectionsChangeNothing(String statement, boolean answerLost) {
    refresh(file("old", "pandas"));
    Path next = file("new", "numpy", "pandas");
    try (CuttingProxy proxy = CuttingProxy.to(config.endpoint());
        ClickPy throughProxy =
            ClickPy.connect(
                ClickPyConfig.builder(proxy.endpoint())
                    .database(config.database().value())
                    .build())) {
      if (answerLost) {
        proxy.loseAnswers(statement, 1);
      } else {
        proxy.loseRequests(statement, 1);
      }
      Projects.of(throughProxy).refresh(ParquetSource.local(next));
      assertThat(proxy.isDone()).isTrue();
    }
    assertUnchanged("numpy", "pandas");
  }

  @Test
  void theRestOfARefreshThatDiedIsSweptAfterADay() {
    Command.of("CREATE TABLE clickpy_refresh_dead_projects AS projects").execute(clickpy);
    refresh(file("a", "pandas"));
    assertThat(tables()).as("it may be alive").contains("clickpy_refresh_dead_projects");
  }

  @Test
  void aDatabaseWithoutTheTableSaysSo() {
    Command.of("DROP DICTIONARY last_updated_dict").execute(clickpy);
    Command.of("DROP TABLE projects SYNC").execute(clickpy);
    Path file = file("a", "pandas");

    assertThatThrownBy(() -> refresh(file))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(
            "Cannot refresh projects in database %s (it has no projects). Migrate it: SchemaMigrator.of(clickpy).migrate()."
                .formatted(config.database()));
  }

  @Test
  void aShareThatIsNoneIsRejected() {
    assertThatThrownBy(() -> Projects.of(clickpy).minimumShare(1.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid minimum share: 1.1 (must be from 0 to 1)");
    assertThatThrownBy(() -> Projects.of(clickpy).minimumShare(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void realMetadataIsRead() {
    Path real = SharedData.folder("metadata").resolve("projects_real_sample.parquet");
    assumeThat(real).as("shared data beside the checkout").exists();

    ProjectsReport report = Projects.of(clickpy).refresh(ParquetSource.local(real));

    assertThat(report.rows()).isEqualTo(2_909);
    assertThat(report.projects()).isEqualTo(279);
    assertThat(lastUpdate(names().get(0))).isGreaterThan("2012");
  }

  private ProjectsReport refresh(Path... files) {
    for (Path file : files) {
      assertThat(file).exists();
    }
    if (files.length == 1) {
      return Projects.of(clickpy).refresh(new Named(folder, files[0]));
    }
    List<SourceFile> all = new ArrayList<>();
    for (Path file : files) {
      try {
        all.addAll(ParquetSource.local(file).list());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return Projects.of(clickpy).refresh(() -> all);
  }

  /** One file, by a name that messages can be compared with. */
  private record Named(Path folder, Path file) implements ParquetSource {
    @Override
    public List<SourceFile> list() throws IOException {
      return ParquetSource.local(file).list();
    }

    @Override
    public String toString() {
      return "ParquetSource.local(" + folder + ")";
    }
  }

  private Path file(String name, String... projects) {
    Path path = folder.resolve(name + ".parquet");
    SimpleGroupFactory groups = new SimpleGroupFactory(SCHEMA);
    try {
      Files.deleteIfExists(path);
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new LocalOutputFile(path))
              .withConf(new PlainParquetConfiguration())
              .withType(SCHEMA)
              .build()) {
        for (String project : projects) {
          Group row = groups.newGroup();
          row.add("license_expression", "MIT");
          row.add("name", project);
          Group requirements = row.addGroup("requires_dist");
          requirements.addGroup("list").add("element", "numpy>=1.26");
          requirements.addGroup("list");
          row.add("upload_time", MICROS);
          row.add("has_signature", true);
          row.add("size", 4_711L);
          row.add("filename", project + ".whl");
          writer.write(row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  private void assertUnchanged(String... names) {
    assertThat(names()).containsExactly(names);
    assertThat(tables()).containsExactly("projects");
  }

  private List<String> names() {
    return Query.of("SELECT name FROM projects ORDER BY name", row -> row.string("name"))
        .fetch(clickpy);
  }

  private List<String> tables() {
    return Query.of(
            "SELECT name FROM system.tables WHERE database = currentDatabase()"
                + " AND (name LIKE '%refresh%' OR name = 'projects') ORDER BY name",
            row -> row.string("name"))
        .fetch(clickpy);
  }

  private String lastUpdate(String project) {
    return Query.of(
            "SELECT toString(dictGet('last_updated_dict', 'last_update', tuple({name:String}))) AS at",
            row -> row.string("at"))
        .bind("name", project)
        .fetch(clickpy)
        .get(0);
  }
}
