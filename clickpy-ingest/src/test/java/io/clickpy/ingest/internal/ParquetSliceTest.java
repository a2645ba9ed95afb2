package io.clickpy.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.ingest.Download;
import io.clickpy.ingest.ExportFile;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
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
    OpenedFile file = open(path);

    List<ParquetSlice> slices = ParquetSlice.of(List.of(file), 5_000);
    assertThat(slices).hasSizeBetween(2, file.footer().metadata().getRow_groupsSize() - 1);
    List<String> projects = new ArrayList<>();
    for (ParquetSlice slice : slices) {
      Path part = folder.resolve("part");
      long[] copied = new long[1];
      try (OutputStream out = Files.newOutputStream(part)) {
        slice.writeTo(out, (from, bytes) -> copied[0] += bytes);
      }
      assertThat(copied[0]).isEqualTo(slice.length()).isLessThanOrEqualTo(5_000);
      projects.addAll(read(part, row -> row.getString("project", 0)));
    }
    assertThat(projects).isEqualTo(downloads.stream().map(Download::project).toList());
  }

  @Test
  void onlyNeededColumnsTravelAndTimestampsArePlainNumbers() throws IOException {
    Path path =
        ExportFile.with()
            .shape(ExportFile.Shape.FLAT)
            .write(folder.resolve("all"), List.of(Download.of("2024-08-12T10:00:00Z", "pandas")));
    Path part = folder.resolve("part");
    try (OutputStream out = Files.newOutputStream(part)) {
      ParquetSlice.of(List.of(open(path)), 1).get(0).writeTo(out, (file, bytes) -> {});
    }

    assertThat(ParquetFooter.read(ParquetSource.local(part).list().get(0)).columns())
        .extracting(column -> column.name() + " " + column.element().getLogicalType())
        .containsExactly(
            "system_name null",
            "timestamp null",
            "python null",
            "installer_name null",
            "file_version null",
            "file_type null",
            "file_project null",
            "country_code null",
            "clickpy_file null");
  }

  @Test
  void filesOfTheSameLayoutStandInOneSliceAndEachRowSaysFromWhich() throws IOException {
    OpenedFile a = open(written("a", ExportFile.Shape.CLICKPY, "x", 3));
    OpenedFile other = open(written("b", ExportFile.Shape.BIGQUERY, "y", 2));
    OpenedFile c = open(written("c", ExportFile.Shape.CLICKPY, "z", 1));

    List<ParquetSlice> slices = ParquetSlice.of(List.of(a, other, c), ParquetSlice.USUAL_BYTES);

    assertThat(slices).hasSize(2);
    assertThat(rows(slices.get(0))).containsExactly("x 0", "x 0", "x 0", "z 2");
    assertThat(rows(slices.get(1))).containsExactly("y 1", "y 1");
  }

  private Path written(String name, ExportFile.Shape shape, String project, int rows) {
    return ExportFile.with()
        .shape(shape)
        .write(
            folder.resolve(name),
            Collections.nCopies(rows, Download.of("2024-08-12T10:00:00Z", project)));
  }

  private List<String> rows(ParquetSlice slice) throws IOException {
    Path part = folder.resolve("part");
    try (OutputStream out = Files.newOutputStream(part)) {
      slice.writeTo(out, (file, bytes) -> {});
    }
    return read(
        part, row -> row.getString("project", 0) + " " + row.getInteger(ParquetSlice.FILE, 0));
  }

  private static OpenedFile open(Path path) throws IOException {
    return OpenedFile.of(LoadTask.of(0, ParquetSource.local(path).list().get(0)));
  }

  private static List<String> read(Path path, Function<Group, String> text) throws IOException {
    List<String> rows = new ArrayList<>();
    try (ParquetReader<Group> reader = new Reader(new LocalInputFile(path)).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(text.apply(row));
      }
    }
    return rows;
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
