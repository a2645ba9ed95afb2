package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ErrorCode;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Loads that somebody stops. */
class CancelledLoadIT extends LoaderTestBase {
  private static final int FILES = 40;

  @Test
  void theNextLoadGoesOnWhereOneWasCancelled() throws InterruptedException {
    int rows = 0;
    for (int i = 0; i < FILES; i++) {
      ExportFile.with().write(file("a" + i), downloads(10 + i));
      rows += 10 + i;
    }
    CountDownLatch begun = new CountDownLatch(FILES / 2);
    RunningLoad running =
        loader(folder)
            .listener(
                event -> {
                  if (event instanceof LoadEvent.FileStarted) {
                    begun.countDown();
                  }
                })
            .start();
    begun.await();
    running.cancel();

    LoadReport report = running.await();
    assertThat(running.isDone()).isTrue();
    assertThat(report.failed())
        .isNotEmpty()
        .extracting(FileResult.Failed::code)
        .containsOnly(ErrorCode.CANCELLED);
    assertThat(Tables.count(clickpy)).isEqualTo(report.rowsLoaded());
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);

    assertThat(load(folder).throwIfFailed().loaded()).hasSize(report.failed().size());
    assertThat(Tables.count(clickpy)).isEqualTo(rows);
    Tables.assertRollupsEqualRaw(clickpy);
  }

  @Test
  void aLoadThatCannotBeginSaysSoWhereItIsAwaited() {
    assertThatThrownBy(() -> loader(folder).start().await())
        .hasMessageStartingWith("Cannot list " + folder);
  }

  @Test
  void withoutASourceNothingIsStarted() {
    assertThatThrownBy(() -> loader().start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("No source to load. Name one: from(ParquetSource.local(…)).");
  }
}
