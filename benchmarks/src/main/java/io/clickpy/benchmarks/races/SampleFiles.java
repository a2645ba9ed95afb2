package io.clickpy.benchmarks.races;

import io.clickpy.examples.sample.SampleDownloads;
import io.clickpy.examples.sample.SampleReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Parquet files of a sample, written once and kept: the same sample is always the same bytes.
 *
 * @param directory holds nothing else
 * @param files in order of time
 * @param rows of all files together
 */
record SampleFiles(Path directory, List<Path> files, long rows) {

  static SampleFiles of(SampleDownloads sample, RaceSettings settings) throws IOException {
    Path directory =
        settings
            .directory()
            .resolve(
                "%d-rows-%d-days-%d-projects-%d-a-file"
                    .formatted(
                        sample.downloads(),
                        sample.days(),
                        sample.projects(),
                        sample.rowsPerFile()));
    Path complete = settings.directory().resolve(directory.getFileName() + ".complete");
    if (!Files.exists(complete)) {
      long start = System.nanoTime();
      SampleReport written = sample.writeTo(directory);
      double minutes = (System.nanoTime() - start) / 60e9;
      settings
          .log()
          .accept(
              "wrote %,d rows, %,d bytes, in %.2f minutes: %,.0f rows a minute"
                  .formatted(written.rows(), written.bytes(), minutes, written.rows() / minutes));
      Files.createFile(complete);
    }
    try (Stream<Path> files = Files.list(directory)) {
      return new SampleFiles(directory, files.sorted().toList(), sample.rows());
    }
  }
}
