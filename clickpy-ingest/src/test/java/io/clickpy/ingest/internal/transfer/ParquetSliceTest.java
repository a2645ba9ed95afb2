package io.clickpy.ingest.internal.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.ingest.Download;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.ExportFile;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.internal.parquet.ParquetColumn;
import io.clickpy.ingest.internal.parquet.ParquetFooter;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.ingest.source.SourceFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetSliceTest {
  @TempDir Path folder;

  /** Parquet's own reader is the judge. */
  @Test
  void slicesAreParquetFilesWithTheRowsOfTheFile() throws IOException {
    List<Download> downloads =
        IntStream.range(0, 2_000)
            .mapToObj(i -> Download.of("2024-08-12T10:00:00Z", "project-" + i))
            .toList();
    Path path = ExportFile.with().smallRowGroups().write(folder.resolve("all"), downloads);
    SourceFile file = ParquetSource.local(path).list().get(0);
    ParquetFooter footer = ParquetFooter.read(file);
    List<ParquetColumn> columns =
        DownloadMapping.of(footer.columns(), DownloadColumns.ofDefaults(), RowFilter.NONE)
            .columns();

    List<ParquetSlice> slices = ParquetSlice.of(footer, columns, 5_000);
    assertThat(slices).hasSizeBetween(2, footer.metadata().getRow_groupsSize() - 1);
    List<String> projects = new ArrayList<>();
    for (ParquetSlice slice : slices) {
      Path part = folder.resolve("part");
      long[] copied = new long[1];
      try (OutputStream out = Files.newOutputStream(part)) {
        slice.writeTo(file, out, bytes -> copied[0] += bytes);
      }
      assertThat(copied[0]).isEqualTo(slice.length()).isLessThanOrEqualTo(5_000);
      projects.addAll(projects(part));
    }
    assertThat(projects).isEqualTo(downloads.stream().map(Download::project).toList());
  }

  @Test
  void onlyNeededColumnsTravelAndTimestampsArePlainNumbers() throws IOException {
    Path path =
        ExportFile.with()
            .shape(ExportFile.Shape.FLAT)
            .write(folder.resolve("all"), List.of(Download.of("2024-08-12T10:00:00Z", "pandas")));
    SourceFile file = ParquetSource.local(path).list().get(0);
    ParquetFooter footer = ParquetFooter.read(file);
    List<ParquetColumn> columns =
        DownloadMapping.of(footer.columns(), DownloadColumns.ofDefaults(), RowFilter.NONE)
            .columns()
            .stream()
            .filter(column -> !column.name().equals("python"))
            .toList();
    Path part = folder.resolve("part");
    try (OutputStream out = Files.newOutputStream(part)) {
      ParquetSlice.of(footer, columns, 1).get(0).writeTo(file, out, bytes -> {});
    }

    assertThat(ParquetFooter.read(ParquetSource.local(part).list().get(0)).columns())
        .extracting(column -> column.name() + " " + column.element().getLogicalType())
        .containsExactly(
            "clickpy_1_system_name null",
            "timestamp null",
            "clickpy_4_installer_name null",
            "clickpy_5_file_version null",
            "clickpy_6_file_type null",
            "clickpy_7_file_project null",
            "country_code null");
  }

  private static List<String> projects(Path path) throws IOException {
    List<String> projects = new ArrayList<>();
    try (ParquetReader<Group> reader = new Reader(new LocalInputFile(path)).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        projects.add(row.getString("project", 0));
      }
    }
    return projects;
  }

  private static final class Reader extends ParquetReader.Builder<Group> {
    Reader(InputFile file) {
      super(file, new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
