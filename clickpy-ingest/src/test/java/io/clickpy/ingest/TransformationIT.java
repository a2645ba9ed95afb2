package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a file's columns and rows. */
class TransformationIT extends LoaderTestBase {
  @ParameterizedTest
  @EnumSource(
      value = ExportFile.Shape.class,
      names = {"BIGQUERY", "CLICKPY", "FLAT"})
  void theFilterOfClickPysReadmeLeavesOutWhoDoesNotTell(ExportFile.Shape shape) {
    Download known = Download.of("2024-08-12T10:00:00Z", "pandas");
    Path path =
        ExportFile.with()
            .shape(shape)
            .write(
                folder.resolve("a.parquet"),
                List.of(
                    known,
                    with(known, null, "Linux"),
                    with(known, "", "Linux"),
                    with(known, "3.12", null),
                    with(known, "3.12", ""),
                    with(known, null, null),
                    // Told apart from the others: it would not count without the filter either.
                    with(known, null, null).withTimestamp(null),
                    known));
    ParquetLoader loader = ParquetLoader.into(clickpy).from(ParquetSource.local(path));
    LoadReport report = loader.filter(RowFilter.KNOWN_PYTHON_AND_SYSTEM).load().throwIfFailed();

    assertThat(report.rejected())
        .isEqualTo(
            Map.of(RejectReason.UNKNOWN_PYTHON_OR_SYSTEM, 5L, RejectReason.NO_TIMESTAMP, 1L));
    assertThat(report.rowsLoaded()).isEqualTo(2);
    assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(List.of(known, known)));
    Tables.assertRollupsEqualRaw(clickpy);
    assertThat(loader.load().skipped()).hasSize(1);
  }

  private static Download with(Download download, String python, String system) {
    return new Download(
        download.timestamp(),
        download.country(),
        download.project(),
        download.version(),
        download.type(),
        download.installer(),
        python,
        system);
  }

  /** An export of the table that the rows come into, as from another server. */
  @Test
  void otherColumnsCanBeNamed() throws IOException {
    Path path =
        write(
            """
            optional int32 date (DATE);
            optional binary country_code (STRING);
            optional binary project (STRING);
            optional binary version (STRING);
            optional binary type (STRING);
            optional group client { optional binary installer (STRING); }
            optional binary python_minor (STRING);
            optional binary system (STRING);
            """,
            row -> {
              row.add("date", (int) LocalDate.of(2024, 8, 12).toEpochDay());
              row.add("country_code", "DE");
              row.add("project", "Flask_Login");
              row.add("version", "1.0");
              row.add("type", "sdist");
              row.addGroup("client").add("installer", "uv");
              row.add("python_minor", "3.12");
              row.add("system", "Darwin");
            },
            row -> {
              row.add("date", (1 << 16) - 1);
              row.add("project", "pandas");
            },
            row -> {
              row.add("date", 1 << 16);
              row.add("project", "pandas");
            },
            row -> row.add("project", "pandas"));
    DownloadColumns columns =
        DownloadColumns.ofDefaults()
            .with(DownloadField.TIMESTAMP, "date")
            .with(DownloadField.VERSION, "version")
            .with(DownloadField.TYPE, "type")
            .with(DownloadField.INSTALLER, "client.installer")
            .with(DownloadField.PYTHON, "python_minor")
            .with(DownloadField.SYSTEM, "system");
    LoadReport report =
        ParquetLoader.into(clickpy)
            .from(ParquetSource.local(path))
            .columns(columns)
            .load()
            .throwIfFailed();

    assertThat(Tables.rows(clickpy))
        .containsExactly(
            List.of("2024-08-12", "DE", "flask-login", "sdist", "uv", "3.12", "Darwin", "1.0"),
            List.of("2149-06-06", "", "pandas", "", "", "", "", ""));
    assertThat(report.rejected())
        .isEqualTo(Map.of(RejectReason.NO_TIMESTAMP, 1L, RejectReason.TIMESTAMP_OUT_OF_RANGE, 1L));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @Test
  void aStructMayBeNullAtEveryLevel() throws IOException {
    Path path =
        write(
            """
            optional int64 timestamp (TIMESTAMP(MICROS,true));
            optional binary project (STRING);
            optional group file { optional binary version (STRING); optional binary type (STRING); }
            optional group details {
              optional binary python (STRING);
              optional group installer { optional binary name (STRING); }
              optional group system { optional binary name (STRING); }
            }
            """,
            row -> {
              row.add("timestamp", 0L);
              row.add("project", "none");
            },
            row -> {
              row.add("timestamp", 0L);
              row.add("project", "empty");
              row.addGroup("file");
              row.addGroup("details").addGroup("installer");
            },
            row -> {
              row.add("timestamp", 0L);
              row.add("project", "some");
              row.addGroup("file").add("type", "sdist");
              Group details = row.addGroup("details");
              details.add("python", "3.9.1");
              details.addGroup("system").add("name", "Linux");
            });
    ParquetLoader.into(clickpy).from(ParquetSource.local(path)).load().throwIfFailed();

    assertThat(Tables.rows(clickpy))
        .containsExactly(
            List.of("1970-01-01", "", "empty", "", "", "", "", ""),
            List.of("1970-01-01", "", "none", "", "", "", "", ""),
            List.of("1970-01-01", "", "some", "sdist", "", "3.9", "Linux", ""));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @Test
  void aSchemaThatDoesNotFitIsRefusedWithEveryDifference() throws IOException {
    Path path =
        write(
            """
            optional binary timestamp (STRING);
            repeated binary project (STRING);
            """);
    LoadReport report = ParquetLoader.into(clickpy).from(ParquetSource.local(path)).load();

    assertThat(report.failed())
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(file.reason())
                  .isEqualTo(
                      "Its columns do not fit: timestamp is BYTE_ARRAY STRING, not INT64 TIMESTAMP"
                          + " or INT32 DATE; project is repeated; there is no file.version."
                          + " It has these: timestamp BYTE_ARRAY STRING, project BYTE_ARRAY STRING.");
            });
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
  }

  @SafeVarargs
  private Path write(String fields, Consumer<Group>... rows) throws IOException {
    MessageType schema = MessageTypeParser.parseMessageType("message m {" + fields + "}");
    Path path = folder.resolve("a.parquet");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .build()) {
      for (Consumer<Group> row : rows) {
        Group group = new SimpleGroupFactory(schema).newGroup();
        row.accept(group);
        writer.write(group);
      }
    }
    return path;
  }
}
