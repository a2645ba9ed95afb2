package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleWriterTest {
  private static final LocalDate MONDAY = LocalDate.of(2024, 8, 12);

  private final SampleDownloads sample =
      SampleDownloads.of(42)
          .days(MONDAY, 3)
          .downloads(25_000)
          .projects(300)
          .rowsPerFile(4_000)
          .exactly("pandas", Map.of(MONDAY, 977L));

  @TempDir Path directory;

  @Test
  void filesHoldTheDownloadsRowByRow() throws IOException {
    SampleReport report = sample.writeTo(directory);

    List<Download> expected = new ArrayList<>();
    sample.forEach(expected::add);
    List<Group> rows = new ArrayList<>();
    for (Path file : report.files()) {
      rows.addAll(ParquetRows.read(file));
    }
    assertThat(rows).hasSize(25_977).hasSameSizeAs(expected);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(columns(rows.get(i))).isEqualTo(columns(expected.get(i)));
    }
  }

  private static List<Object> columns(Group row) {
    List<Object> columns = new ArrayList<>();
    columns.add(row.getLong("timestamp", 0));
    for (String path :
        List.of(
            "country_code",
            "url",
            "project",
            "file.filename",
            "file.project",
            "file.version",
            "file.type",
            "installer.name",
            "installer.version",
            "python",
            "implementation.name",
            "implementation.version",
            "distro.name",
            "distro.version",
            "distro.id",
            "distro.libc.lib",
            "distro.libc.version",
            "system.name",
            "system.release",
            "cpu",
            "openssl_version",
            "setuptools_version",
            "rustc_version",
            "tls_protocol",
            "tls_cipher")) {
      columns.add(ParquetRows.text(row, path));
    }
    return columns;
  }

  private static List<Object> columns(Download download) {
    DistributionFile file = download.file();
    Client client = download.client();
    Client.Installer installer = client.installer();
    Client.Platform platform = client.platform();
    Client.Distro distro = platform == null ? null : platform.distro();
    return Arrays.asList(
        download.second() * 1_000_000,
        download.country(),
        file.url(),
        file.project(),
        file.filename(),
        file.project(),
        file.version(),
        file.type(),
        installer == null ? null : installer.name(),
        installer == null ? null : installer.version(),
        client.python(),
        client.implementation(),
        client.implementation() == null ? null : client.python(),
        distro == null ? null : distro.name(),
        distro == null ? null : distro.version(),
        distro == null ? null : distro.id(),
        distro == null ? null : distro.libc(),
        distro == null ? null : distro.libcVersion(),
        platform == null ? null : platform.system(),
        platform == null ? null : platform.release(),
        platform == null ? null : platform.cpu(),
        client.opensslVersion(),
        client.setuptoolsVersion(),
        client.rustcVersion(),
        client.tlsProtocol(),
        client.tlsCipher());
  }

  @Test
  void aGroupOfWhichNothingIsKnownIsNull() throws IOException {
    SampleReport report = sample.writeTo(directory);

    List<Group> unknown = new ArrayList<>();
    for (Path file : report.files()) {
      ParquetRows.read(file).stream()
          .filter(row -> row.getFieldRepetitionCount("installer") == 0)
          .forEach(unknown::add);
    }
    assertThat(unknown)
        .isNotEmpty()
        .allSatisfy(
            row ->
                assertThat(List.of("python", "implementation", "distro", "system", "cpu"))
                    .allSatisfy(field -> assertThat(row.getFieldRepetitionCount(field)).isZero()));
  }

  @Test
  void theReportAgreesWithTheFiles() throws IOException {
    SampleReport report = sample.writeTo(directory);

    assertThat(report.files()).isEqualTo(listing()).hasSize(9);
    long rows = 0;
    long bytes = 0;
    for (Path file : report.files()) {
      assertThat(ParquetRows.footer(file).getFileMetaData().getSchema())
          .isEqualTo(ExportSchema.MESSAGE);
      rows +=
          ParquetRows.footer(file).getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
      bytes += Files.size(file);
    }
    assertThat(report.rows()).isEqualTo(rows).isEqualTo(sample.rows());
    assertThat(report.bytes()).isEqualTo(bytes);
  }

  @Test
  void theNumberOfThreadsChangesNoByte(@TempDir Path other) throws IOException {
    SampleReport one = sample.writeTo(directory, rows -> {}, 1);
    SampleReport three = sample.writeTo(other, rows -> {}, 3);

    assertThat(three.files()).hasSameSizeAs(one.files());
    for (int i = 0; i < one.files().size(); i++) {
      Path mine = one.files().get(i);
      Path theirs = three.files().get(i);
      assertThat(theirs.getFileName()).isEqualTo(mine.getFileName());
      assertThat(theirs).hasSameBinaryContentAs(mine);
    }
  }

  @Test
  void progressGrowsToTheNumberOfRows() throws IOException {
    List<Long> seen = new ArrayList<>();

    sample.writeTo(directory, seen::add);

    assertThat(seen).isSorted().last().isEqualTo(25_977L);
  }

  @Test
  void aFileOfTheSameNameIsReplacedAndOthersAreLeftAlone() throws IOException {
    Path same = Files.writeString(directory.resolve("1723420800-000000000000.parquet"), "old");
    Path other = Files.writeString(directory.resolve("other.parquet"), "mine");

    sample.writeTo(directory);

    assertThat(ParquetRows.read(same)).hasSize(4_000);
    assertThat(other).hasContent("mine");
  }

  @Test
  void anInterruptedCallLeavesWholeFilesOnly() throws IOException {
    Thread caller = Thread.currentThread();
    SampleDownloads large = sample.downloads(400_000).rowsPerFile(20_000);

    assertThatThrownBy(() -> large.writeTo(directory, rows -> caller.interrupt(), 2))
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("Interrupted while writing sample downloads to " + directory + ".");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(listing()).hasSizeLessThan(Schedule.files(large).size());
    for (Path file : listing()) {
      assertThat(file.getFileName().toString()).endsWith(".parquet").doesNotStartWith(".");
      assertThat(ParquetRows.read(file)).hasSize(20_000);
    }
  }

  @Test
  void aFailureOfTheListenerEndsTheCallWithItsCause() throws IOException {
    assertThatThrownBy(
            () ->
                sample.writeTo(
                    directory,
                    rows -> {
                      throw new IllegalStateException("enough");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "Cannot write sample downloads: "
                + directory
                + " (java.lang.IllegalStateException: enough).")
        .hasRootCauseMessage("enough");

    assertThat(listing()).isEmpty();
  }

  @Test
  void aDirectoryThatIsAFileIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> sample.writeTo(file)).isInstanceOf(IOException.class);
  }

  private List<Path> listing() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
