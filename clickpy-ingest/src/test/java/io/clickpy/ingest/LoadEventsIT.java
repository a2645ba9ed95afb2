package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.source.ParquetSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a load tells, also when it is stopped. */
class LoadEventsIT extends LoaderTestBase {
  @Test
  void eventsTellTheProgress() throws IOException {
    ExportFile.with().write(file("a"), downloads(1_000));
    Files.writeString(file("b"), "no Parquet at all, this");
    ExportFile.with().write(file("c"), downloads(1_000));
    load(file("c"));
    List<LoadEvent> events = new ArrayList<>();
    ParquetLoader.into(clickpy)
        .from(ParquetSource.local(folder))
        .listener(
            event -> {
              throw new IllegalStateException("a listener that fails");
            })
        .listener(events::add)
        .load();

    assertThat(events)
        .filteredOn(event -> !(event instanceof LoadEvent.FileProgressed))
        .extracting(event -> event.getClass().getSimpleName())
        .containsExactly("FileSkipped", "FileStarted", "FileStarted", "FileFailed", "FileLoaded");
    assertThat(events).extracting(event -> event.progress().fraction()).isSorted();
    LoadProgress last = events.get(events.size() - 1).progress();
    assertThat(last.filesDone()).isEqualTo(3);
    assertThat(last.filesTotal()).isEqualTo(3);
    assertThat(last.rowsRead()).isEqualTo(1_000);
    assertThat(last.fraction()).isEqualTo(1.0);
  }

  @Test
  void aConnectionThatIsClosedOnTheWayLosesNoReport() {
    for (String name : List.of("a", "b", "c")) {
      ExportFile.with().write(file(name), downloads(10));
    }
    ClickPy other =
        ClickPy.connect(TestServer.config().database(clickpy.database().value()).build());
    LoadReport report =
        ParquetLoader.into(other)
            .from(ParquetSource.local(folder))
            .listener(
                event -> {
                  if (event instanceof LoadEvent.FileStarted) {
                    other.close();
                  }
                })
            .load();

    assertThat(report.failed())
        .hasSize(3)
        .allSatisfy(
            file -> {
              assertThat(file.code()).isEqualTo(ErrorCode.CONNECTION);
              assertThat(file.reason())
                  .startsWith("Cannot use the connection to ")
                  .endsWith(": it is closed");
            });
    Tables.assertNothingLoaded(clickpy);
  }

  @Test
  void anInterruptedThreadLoadsNothingAndSaysSo() {
    Path a = ExportFile.with().write(file("a"), downloads(10));
    Path b = ExportFile.with().write(file("b"), downloads(10));
    ParquetLoader loader =
        ParquetLoader.into(clickpy)
            .from(ParquetSource.local(a))
            .from(ParquetSource.local(b))
            .listener(
                event -> {
                  if (event instanceof LoadEvent.FileStarted) {
                    Thread.currentThread().interrupt();
                  }
                });
    LoadReport report = loader.load();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(report.failed())
        .extracting(FileResult.Failed::code)
        .containsExactly(ErrorCode.CANCELLED, ErrorCode.CANCELLED);
    Tables.assertNothingLoaded(clickpy);
    Tables.assertNothingStaged(clickpy);
    assertThat(load(a, b).throwIfFailed().rowsLoaded()).isEqualTo(20);
  }
}
