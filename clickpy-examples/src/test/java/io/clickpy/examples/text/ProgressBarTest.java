package io.clickpy.examples.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressBarTest {
  private static final long MILLISECOND = 1_000_000;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final AtomicLong clock = new AtomicLong(-5);
  private final ProgressLine line = new ProgressLine("rows", 1000);

  @Test
  void onATerminalOneLineIsWrittenOverAndEnded() {
    try (ProgressBar bar = ProgressBar.overwriting(out, line, clock::get)) {
      bar.accept(0);
      clock.addAndGet(1000 * MILLISECOND);
      bar.accept(500);
    }

    assertThat(written())
        .isEqualTo(
            "\r                       0%  0.00 rows\u001B[K"
                + "\r██████████            50%  500.00 rows, 500.00 rows/s, 0:01 left\u001B[K"
                + System.lineSeparator());
  }

  @Test
  void onATerminalFramesKeepADistanceButTheLastIsShown() {
    ProgressBar bar = ProgressBar.overwriting(out, line, clock::get);
    bar.accept(100);
    clock.addAndGet(99 * MILLISECOND);
    bar.accept(200);
    assertThat(written()).contains("10%").doesNotContain("20%");

    clock.addAndGet(MILLISECOND);
    bar.accept(300);
    bar.accept(1000);
    assertThat(written()).contains("30%").contains("100%");
  }

  @Test
  void elsewhereEachTenthIsALine() {
    try (ProgressBar bar = ProgressBar.linePerTenth(out, line, clock::get)) {
      for (int done = 0; done <= 1000; done += 10) {
        clock.addAndGet(10 * MILLISECOND);
        bar.accept(done);
      }
    }

    assertThat(written().lines()).hasSize(10);
    assertThat(written())
        .startsWith("██")
        .doesNotContain("\r█", "\u001B")
        .contains("100%  1.00 thousand rows");
  }

  @Test
  void elsewhereTenthsThatWereJumpedOverAreNotMadeUpFor() {
    ProgressBar bar = ProgressBar.linePerTenth(out, line, clock::get);
    bar.accept(710);
    bar.accept(719);

    assertThat(written().lines()).singleElement().asString().contains(" 71% ");
  }

  @Test
  void closingTwiceEndsTheLineOnce() {
    ProgressBar bar = ProgressBar.overwriting(out, line, clock::get);
    bar.close();
    bar.close();

    assertThat(written()).isEqualTo(System.lineSeparator());
  }

  private String written() {
    return bytes.toString(UTF_8);
  }
}
