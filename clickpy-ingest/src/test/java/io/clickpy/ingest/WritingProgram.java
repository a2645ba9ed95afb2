package io.clickpy.ingest;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Download;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;

/** A program to be killed: it writes numbered batches, from the first whenever it starts. */
final class WritingProgram {
  static final int BATCHES = 60;
  static final int BATCH_ROWS = 50;

  private WritingProgram() {}

  public static void main(String[] arguments) {
    try (ClickPy clickpy =
            ClickPy.connect(ClickPyConfig.builder(arguments[0]).database(arguments[1]).build());
        DownloadWriter writer = DownloadWriter.into(clickpy).open()) {
      System.out.println("writing");
      for (int batch = 0; batch < BATCHES; batch++) {
        writer.write("batch-" + batch, rows(batch));
      }
    }
  }

  private static List<Download> rows(int batch) {
    return Collections.nCopies(
        BATCH_ROWS, Download.of(LocalDate.of(2024, 8, 12).plusDays(batch), "pandas", "2.2.2"));
  }
}
