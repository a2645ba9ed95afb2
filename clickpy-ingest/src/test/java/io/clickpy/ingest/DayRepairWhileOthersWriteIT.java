package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Nobody stops for a repair. */
class DayRepairWhileOthersWriteIT extends DayRepairTestBase {
  private final List<Download> written = Collections.synchronizedList(new ArrayList<>());
  private final List<Download> loaded = Collections.synchronizedList(new ArrayList<>());
  private final AtomicBoolean done = new AtomicBoolean();

  @Test
  void whatComesMeanwhileCountsOnce() throws InterruptedException {
    DeduplicationWindow.of(clickpy).set(10_000);
    loadWrong();
    write("right", of(right, DAY));
    CountDownLatch busy = new CountDownLatch(2);
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> others =
        List.of(
            new Thread(() -> guarded(failures, () -> writeUntilDone(busy))),
            new Thread(() -> guarded(failures, () -> loadUntilDone(busy))));
    others.forEach(Thread::start);
    busy.await();

    List<Download> expected = new ArrayList<>();
    try {
      repair()
          .replace(DAY.plusDays(1), ParquetSource.local(write("next", of(right, DAY.plusDays(1)))));
      repair().replace(DAY, rightDay());
    } finally {
      done.set(true);
      for (Thread other : others) {
        other.join();
      }
    }

    assertThat(failures).isEmpty();
    expected.addAll(repaired());
    expected.addAll(written);
    expected.addAll(loaded);
    assertTables(expected);
  }

  private static void guarded(List<Throwable> failures, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | AssertionError e) {
      failures.add(e);
    }
  }

  /** Of the day before: which downloads of its own day a repair has replaced, only it knows. */
  private void writeUntilDone(CountDownLatch busy) {
    try (DownloadWriter writer = DownloadWriter.into(clickpy).batchRows(50).open()) {
      for (int i = 0; !done.get(); i++) {
        Download download =
            new Download(
                DAY.minusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC),
                null,
                i % 3 == 0 ? "never-1" : "pandas",
                "9." + i % 10,
                null,
                null,
                null,
                null);
        writer.write(
            io.clickpy.core.Download.of(DAY.minusDays(1), download.project(), download.version()));
        written.add(download);
        if (i % 50 == 49) {
          writer.flush();
          busy.countDown();
        }
      }
    }
  }

  private void loadUntilDone(CountDownLatch busy) {
    for (int i = 0; !done.get(); i++) {
      List<Download> downloads =
          downloads(30 + i % 7).stream().filter(d -> isOf(d, DAY.minusDays(1))).toList();
      Path path = write("meanwhile-" + i, downloads);
      load(path).throwIfFailed();
      loaded.addAll(downloads);
      busy.countDown();
    }
  }

  /**
   * Everything of the day that was sent before the repair goes, and all that is sent later stays.
   */
  @Test
  void ofTheSameDayWhatCameLaterStays() {
    loadWrong();
    List<Download> later = new ArrayList<>();
    repair()
        .listener(
            event -> {
              if (event.phase() == RepairPhase.SWITCHING) {
                Download late = Download.of(DAY + "T03:04:05Z", "never-1");
                load(write("late-" + later.size(), List.of(late))).throwIfFailed();
                later.add(late);
              }
            })
        .replace(DAY, rightDay());

    assertThat(later).isNotEmpty();
    assertTables(join(repaired(), later));
  }

  /** Somebody writes the day all the time: each download goes or stays everywhere. */
  @Test
  void ofTheSameDayEachDownloadGoesOrStaysEverywhere() throws InterruptedException {
    DeduplicationWindow.of(clickpy).set(10_000);
    loadWrong();
    write("right", of(right, DAY));
    CountDownLatch busy = new CountDownLatch(1);
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    Thread writing = new Thread(() -> guarded(failures, () -> writeTheDayUntilDone(busy)));
    writing.start();
    busy.await();
    try {
      repair().replace(DAY, rightDay());
    } finally {
      done.set(true);
      writing.join();
    }

    assertThat(failures).isEmpty();
    Tables.assertRollupsEqualRaw(clickpy);
    List<List<String>> rows = Tables.rows(clickpy);
    assertThat(rows).containsAll(Tables.expected(repaired()));
    assertThat(rows).filteredOn(row -> row.get(7).startsWith("9.")).isNotEmpty();
    assertThat(rows).filteredOn(row -> !row.get(7).startsWith("9.")).hasSize(repaired().size());
  }

  private void writeTheDayUntilDone(CountDownLatch busy) {
    try (DownloadWriter writer = DownloadWriter.into(clickpy).batchRows(50).open()) {
      for (int i = 0; !done.get(); i++) {
        String project = i % 3 == 0 ? "never-" + i % 7 : "pandas";
        writer.write(io.clickpy.core.Download.of(DAY, project, "9." + i % 10));
        if (i % 50 == 49) {
          writer.flush();
          busy.countDown();
        }
      }
    }
  }
}
