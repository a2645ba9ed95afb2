package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Extra: real rows of BigQuery's table, where they are at hand. */
class RealRowsIT {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "file_downloads_bigquery_shape.parquet",
        "file_downloads_clickpy_export_shape.parquet",
        "file_downloads_clickpy_export_shape_null_structs.parquet"
      })
  void comeOutAsClickPyMakesThem(String name) throws IOException {
    Path folder = SharedData.folder("file-downloads");
    assumeTrue(Files.isDirectory(folder), "skipped: there is no " + folder);
    ClickPy clickpy = TestServer.connect();
    try {
      SchemaMigrator.of(clickpy).migrate();
      ParquetLoader.into(clickpy)
          .from(ParquetSource.local(folder.resolve(name)))
          .load()
          .throwIfFailed();

      List<String> lines = Files.readAllLines(folder.resolve("expected_pypi_rows.csv"));
      assertThat(Tables.rows(clickpy))
          .containsExactlyInAnyOrderElementsOf(
              lines.stream().skip(1).map(line -> List.of(line.split(",", -1))).toList());
      Tables.assertRollupsEqualRaw(clickpy);
    } finally {
      TestServer.dropAndClose(clickpy);
    }
  }
}
