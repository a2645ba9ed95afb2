package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;

class ExportSchemaTest {
  @Test
  void theSchemaIsThatOfClickPysExport() {
    assertThat(ExportSchema.MESSAGE)
        .isEqualTo(
            MessageTypeParser.parseMessageType(
                """
                message schema {
                  optional int64 timestamp (TIMESTAMP(MICROS,true));
                  optional binary country_code (STRING);
                  optional binary url (STRING);
                  optional binary project (STRING);
                  optional group file {
                    optional binary filename (STRING);
                    optional binary project (STRING);
                    optional binary version (STRING);
                    optional binary type (STRING);
                  }
                  optional group installer {
                    optional binary name (STRING);
                    optional binary version (STRING);
                  }
                  optional binary python (STRING);
                  optional group implementation {
                    optional binary name (STRING);
                    optional binary version (STRING);
                  }
                  optional group distro {
                    optional binary name (STRING);
                    optional binary version (STRING);
                    optional binary id (STRING);
                    optional group libc {
                      optional binary lib (STRING);
                      optional binary version (STRING);
                    }
                  }
                  optional group system {
                    optional binary name (STRING);
                    optional binary release (STRING);
                  }
                  optional binary cpu (STRING);
                  optional binary openssl_version (STRING);
                  optional binary setuptools_version (STRING);
                  optional binary rustc_version (STRING);
                  optional binary tls_protocol (STRING);
                  optional binary tls_cipher (STRING);
                }
                """));
  }

  /** Runs where the team's data lies beside the project. */
  @Test
  void theSchemaIsThatOfTheRealRows() throws IOException {
    Path real =
        Path.of("..", "..", "shared", "data", "file-downloads")
            .resolve("file_downloads_clickpy_export_shape.parquet");
    assumeThat(Files.exists(real)).as("real rows at %s", real).isTrue();

    assertThat(ParquetRows.footer(real).getFileMetaData().getSchema())
        .isEqualTo(ExportSchema.MESSAGE);
  }
}
