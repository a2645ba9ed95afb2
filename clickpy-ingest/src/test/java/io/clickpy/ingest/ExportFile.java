package io.clickpy.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes downloads as real Parquet files, in the shapes that exports have. */
public final class ExportFile {
  private Shape shape = Shape.CLICKPY;
  private String timestampType = "TIMESTAMP(MICROS,false)";
  private ChronoUnit unit = ChronoUnit.MICROS;
  private CompressionCodecName codec = CompressionCodecName.SNAPPY;
  private boolean dictionary = true;
  private boolean checksums = true;
  private WriterVersion version = WriterVersion.PARQUET_1_0;
  private long rowGroupBytes = 1 << 20;
  private int rowsPerGroupCheck = 10_000;

  private ExportFile() {}

  public static ExportFile with() {
    return new ExportFile();
  }

  public ExportFile shape(Shape value) {
    shape = value;
    return this;
  }

  public ExportFile timestamps(ChronoUnit ticks, String adjusted) {
    unit = ticks;
    timestampType = "TIMESTAMP(%s,%s)".formatted(ticks.name(), adjusted);
    return this;
  }

  public ExportFile codec(CompressionCodecName value) {
    codec = value;
    return this;
  }

  public ExportFile withoutDictionaries() {
    dictionary = false;
    return this;
  }

  /** Leaves out the checksums of pages, as many writers do. */
  public ExportFile withoutChecksums() {
    checksums = false;
    return this;
  }

  /** Writes pages as Parquet's second version has them; without dictionaries, other encodings. */
  public ExportFile secondVersion() {
    version = WriterVersion.PARQUET_2_0;
    return this;
  }

  /** Makes row groups of a few hundred rows. */
  public ExportFile smallRowGroups() {
    rowGroupBytes = 4_096;
    rowsPerGroupCheck = 200;
    return this;
  }

  public Path write(Path path, List<Download> downloads) {
    MessageType schema = MessageTypeParser.parseMessageType(shape.schema(timestampType));
    SimpleGroupFactory groups = new SimpleGroupFactory(schema);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withConf(new PlainParquetConfiguration())
            .withType(schema)
            .withCompressionCodec(codec)
            .withDictionaryEncoding(dictionary)
            .withPageWriteChecksumEnabled(checksums)
            .withWriterVersion(version)
            .withRowGroupSize(rowGroupBytes)
            .withMinRowCountForPageSizeCheck(rowsPerGroupCheck)
            .withPageRowCountLimit(rowsPerGroupCheck)
            .build()) {
      for (Download download : downloads) {
        Group row = groups.newGroup();
        if (download.timestamp() != null) {
          row.add("timestamp", ticks(download.timestamp()));
        }
        shape.write(row, download);
        writer.write(row);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return path;
  }

  private long ticks(Instant instant) {
    return Math.floorDiv(
        ChronoUnit.NANOS.between(Instant.EPOCH, instant), unit.getDuration().toNanos());
  }

  /** The shapes that exports of downloads are met in. */
  public enum Shape {
    /** BigQuery's own table. */
    BIGQUERY(
        """
        required binary url (STRING);
        optional binary country_code (STRING);
        required binary project (STRING);
        required group file {
          required binary filename (STRING);
          required binary project (STRING);
          optional binary version (STRING);
          optional binary type (STRING);
        }
        optional group details {
          optional group installer { optional binary name (STRING); optional binary version (STRING); }
          optional binary python (STRING);
          optional group distro {
            optional binary name (STRING);
            optional group libc { optional binary lib (STRING); optional binary version (STRING); }
          }
          optional group system { optional binary name (STRING); optional binary release (STRING); }
          optional boolean ci;
        }
        optional binary tls_protocol (STRING);
        optional group http { optional int64 status_code; }
        """) {
      @Override
      void write(Group row, Download download) {
        row.add("url", "/packages/" + download.project());
        put(row, "country_code", download.country());
        row.add("project", Binary.fromString(download.project()));
        Group file = row.addGroup("file");
        file.add("filename", "x.whl");
        file.add("project", "not this one");
        put(file, "version", download.version());
        put(file, "type", download.type());
        if (download.installer() != null
            || download.python() != null
            || download.system() != null) {
          Group details = row.addGroup("details");
          struct(details, "installer", "name", download.installer());
          put(details, "python", download.python());
          details.addGroup("distro").addGroup("libc").add("lib", "glibc");
          struct(details, "system", "name", download.system());
          details.add("ci", true);
        }
        row.addGroup("http").add("status_code", 200L);
      }
    },
    /** ClickPy's export, which lifts the columns out of the details. */
    CLICKPY(
        """
        optional binary country_code (STRING);
        optional binary url (STRING);
        optional binary project (STRING);
        optional group file {
          optional binary filename (STRING);
          optional binary project (STRING);
          optional binary version (STRING);
          optional binary type (STRING);
        }
        optional group installer { optional binary name (STRING); optional binary version (STRING); }
        optional binary python (STRING);
        optional group system { optional binary name (STRING); optional binary release (STRING); }
        optional binary cpu (STRING);
        """) {
      @Override
      void write(Group row, Download download) {
        put(row, "country_code", download.country());
        row.add("url", "/packages/" + download.project());
        put(row, "project", download.project());
        Group file = row.addGroup("file");
        put(file, "version", download.version());
        put(file, "type", download.type());
        struct(row, "installer", "name", download.installer());
        put(row, "python", download.python());
        struct(row, "system", "name", download.system());
      }
    },
    /** The same with names for structure, and the columns in another order. */
    FLAT(
        """
        optional binary system.name (STRING);
        optional binary python (UTF8);
        optional binary installer.name (ENUM);
        optional binary file.version;
        optional binary file.type (STRING);
        optional binary file.project (STRING);
        optional binary country_code (STRING);
        """) {
      @Override
      void write(Group row, Download download) {
        put(row, "system.name", download.system());
        put(row, "python", download.python());
        put(row, "installer.name", download.installer());
        put(row, "file.version", download.version());
        put(row, "file.type", download.type());
        put(row, "file.project", download.project());
        put(row, "country_code", download.country());
      }
    },
    /** Only what is needed. */
    MINIMAL(
        """
        required binary project (STRING);
        required group file { required binary version (STRING); }
        """) {
      @Override
      void write(Group row, Download download) {
        put(row, "project", download.project());
        put(row.addGroup("file"), "version", download.version());
      }
    };

    private final String fields;

    Shape(String fields) {
      this.fields = fields;
    }

    String schema(String timestampType) {
      // In the middle, where a reader that counts columns wrongly shows it.
      int middle = fields.indexOf('\n') + 1;
      return "message export {\n%soptional int64 timestamp (%s);\n%s}"
          .formatted(fields.substring(0, middle), timestampType, fields.substring(middle));
    }

    abstract void write(Group row, Download download);

    private static void put(Group group, String name, String value) {
      if (value != null) {
        group.add(name, Binary.fromString(value));
      }
    }

    /** A struct of a NULL is a NULL struct. */
    private static void struct(Group group, String name, String field, String value) {
      if (value != null) {
        put(group.addGroup(name), field, value);
      }
    }
  }
}
