package io.clickpy.ingest.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.DownloadField;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.internal.parquet.Bytes;
import io.clickpy.ingest.internal.parquet.ParquetColumn;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadMappingTest {
  @TempDir Path folder;

  @Test
  void nestedColumnsAreDeclaredAsTuples() {
    DownloadMapping mapping =
        mapping(
            """
            optional binary project (STRING);
            optional group file { optional binary type (STRING); optional binary version (STRING); }
            optional group details {
              optional group installer { optional binary name (STRING); }
              optional binary python (STRING);
            }
            optional int64 timestamp (TIMESTAMP(MICROS,true));
            optional binary url (STRING);
            """);

    assertThat(mapping.structure(new PushedColumns()))
        .isEqualTo(
            "project Nullable(String), file Tuple(type Nullable(String), version Nullable(String)),"
                + " details Tuple(installer Tuple(name Nullable(String)), python Nullable(String)),"
                + " timestamp Nullable(Int64)");
    assertThat(mapping.columns()).extracting(ParquetColumn::name).doesNotContain("url");
  }

  @Test
  void theLiftedColumnIsPreferredToTheOneInDetails() {
    DownloadMapping mapping =
        mapping(
            """
            required int64 timestamp (TIMESTAMP_MICROS);
            required binary project;
            required group file { required binary version; }
            optional group details { optional binary python (UTF8); }
            optional binary python (UTF8);
            """);

    assertThat(mapping.columns())
        .extracting(ParquetColumn::name)
        .containsExactly("timestamp", "project", "file.version", "python");
  }

  @Test
  void everyDifferenceIsSpeltOut() {
    assertThatThrownBy(
            () ->
                mapping(
                    """
                    optional binary timestamp (STRING);
                    optional int32 country_code;
                    repeated binary project (STRING);
                    optional binary other (DECIMAL(9,2));
                    """))
        .hasMessage(
            "Its columns do not fit: timestamp is BYTE_ARRAY STRING, not INT64 TIMESTAMP or INT32 DATE;"
                + " country_code is INT32, not BYTE_ARRAY STRING; project is repeated;"
                + " there is no file.version."
                + " It has these: timestamp BYTE_ARRAY STRING, country_code INT32,"
                + " project BYTE_ARRAY STRING, other BYTE_ARRAY DECIMAL.");
  }

  @Test
  void theTableOfSimpleRequestsIsRefused() {
    assertThatThrownBy(
            () ->
                mapping(
                    """
                    required int64 timestamp (TIMESTAMP(MICROS,false));
                    optional binary project (STRING);
                    """))
        .hasMessageStartingWith("Its columns do not fit: there is no file.version.");
  }

  @Test
  void aNumberThatIsNoTimestampIsRefused() {
    for (String type :
        List.of(
            "int64 timestamp",
            "int32 timestamp",
            "int64 timestamp (TIME(MICROS,true))",
            "int96 timestamp")) {
      assertThatThrownBy(
              () ->
                  mapping(
                      "required %s; required binary project; required group file { required binary version; }"
                          .formatted(type)))
          .hasMessageContaining("Its columns do not fit: timestamp is INT")
          .hasMessageContaining(", not INT64 TIMESTAMP or INT32 DATE.");
    }
  }

  @Test
  void sqlAndMessagesAreTheSameInALocaleOfOtherDigits() {
    DownloadMapping mapping =
        mapping(
            """
            required int64 timestamp (TIMESTAMP_MICROS);
            required binary project;
            required group file { required binary version; }
            """);
    Locale before = Locale.getDefault();
    try {
      for (String tag : List.of("fa", "ar-EG", "mr", "ar-u-nu-arab")) {
        Locale.setDefault(Locale.forLanguageTag(tag));
        assertThat(mapping.select(new PushedColumns()))
            .contains("clickpy_ticks < 0 OR clickpy_ticks >= 5662310400000000,")
            .contains("intDiv(assumeNotNull(clickpy_ticks), 86400000000)");
        assertThatThrownBy(() -> ParquetFooter.read(new Bytes(new byte[7])))
            .hasMessage("It is not Parquet: it has only 7 bytes.");
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void aColumnThatWasChosenIsRequired() {
    String fields =
        """
        required int64 timestamp (TIMESTAMP_MICROS);
        required binary project;
        required group file { required binary version; }
        optional binary python;
        optional group py { optional binary version; }
        """;
    DownloadColumns columns = DownloadColumns.ofDefaults();

    assertThat(mapping(fields, columns.with(DownloadField.PYTHON, "py.version")).columns())
        .extracting(ParquetColumn::name)
        .containsExactly("timestamp", "project", "file.version", "py.version");
    assertThatThrownBy(
            () ->
                mapping(
                    fields,
                    columns
                        .with(DownloadField.COUNTRY_CODE, "land")
                        .with(DownloadField.PROJECT, "name")))
        .hasMessageStartingWith("Its columns do not fit: there is no land; there is no name.");
    assertThatThrownBy(() -> columns.with(DownloadField.SYSTEM, ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid column for SYSTEM: (empty).");
  }

  private DownloadMapping mapping(String fields) {
    return mapping(fields, DownloadColumns.ofDefaults());
  }

  private DownloadMapping mapping(String fields, DownloadColumns columns) {
    try {
      Path path = folder.resolve("empty.parquet");
      Files.deleteIfExists(path);
      ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(new LocalOutputFile(path))
              .withConf(new PlainParquetConfiguration())
              .withType(MessageTypeParser.parseMessageType("message m {" + fields + "}"))
              .build();
      writer.close();
      return DownloadMapping.of(
          ParquetFooter.read(new Bytes(Files.readAllBytes(path))).columns(),
          columns,
          RowFilter.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
