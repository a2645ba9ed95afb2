package io.clickpy.examples.text;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Shows progress on a terminal, in one line that is written over, or elsewhere, such as in a log
 * file, as a line for each tenth of the work.
 *
 * <p>Thread-safe. Closing ends the line on a terminal; it does not close the stream.
 *
 * <pre>{@code
 * SampleDownloads sample = SampleDownloads.of(42);
 * try (ProgressBar bar = ProgressBar.on(System.err, "rows", sample.rows())) {
 *   sample.writeTo(Path.of("downloads"), bar);
 * }
 * }</pre>
 */
public final class ProgressBar implements LongConsumer, AutoCloseable {
  private enum Style {
    OVERWRITTEN_LINE,
    LINE_PER_TENTH
  }

  private static final long NANOS_BETWEEN_FRAMES = 100_000_000;
  private static final String START_OF_LINE = "\r";
  private static final String CLEAR_REST_OF_LINE = "\u001B[K";

  private final PrintStream out;
  private final ProgressLine line;
  private final Style style;
  private final LongSupplier nanoTime;
  private final long started;
  private long shown;
  private int tenthShown;
  private boolean open = true;

  private ProgressBar(PrintStream out, ProgressLine line, Style style, LongSupplier nanoTime) {
    this.out = out;
    this.line = line;
    this.style = style;
    this.nanoTime = nanoTime;
    this.started = nanoTime.getAsLong();
    this.shown = started - NANOS_BETWEEN_FRAMES;
  }

  /**
   * Starts the clock. The line is written over if the program talks to a terminal that can do that:
   * it has a console, and the environment variable {@code TERM} is set and not {@code dumb}.
   *
   * @param unit what is counted, in the plural
   * @param total how much there is to do, 0 or more
   */
  public static ProgressBar on(PrintStream out, String unit, long total) {
    Style style = isTerminal() ? Style.OVERWRITTEN_LINE : Style.LINE_PER_TENTH;
    return new ProgressBar(out, new ProgressLine(unit, total), style, System::nanoTime);
  }

  // From Java 22 to 24 there is a console without a terminal too; then TERM alone must tell.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean isTerminal() {
    String terminal = System.getenv("TERM");
    return System.console() != null && terminal != null && !terminal.equals("dumb");
  }

  static ProgressBar overwriting(PrintStream out, ProgressLine line, LongSupplier nanoTime) {
    return new ProgressBar(out, line, Style.OVERWRITTEN_LINE, nanoTime);
  }

  static ProgressBar linePerTenth(PrintStream out, ProgressLine line, LongSupplier nanoTime) {
    return new ProgressBar(out, line, Style.LINE_PER_TENTH, nanoTime);
  }

  /** Shows, unless it has just done so, that this much is done. */
  @Override
  public synchronized void accept(long done) {
    switch (style) {
      case OVERWRITTEN_LINE -> writeOver(done);
      case LINE_PER_TENTH -> writeTenth(done);
    }
  }

  private void writeOver(long done) {
    long now = nanoTime.getAsLong();
    if (now - shown >= NANOS_BETWEEN_FRAMES || done >= line.total()) {
      shown = now;
      out.print(START_OF_LINE + text(done) + CLEAR_REST_OF_LINE);
      out.flush();
    }
  }

  private void writeTenth(long done) {
    int tenth = line.percent(done) / 10;
    if (tenth > tenthShown) {
      tenthShown = tenth;
      out.println(text(done));
    }
  }

  private String text(long done) {
    return line.render(done, Duration.ofNanos(nanoTime.getAsLong() - started));
  }

  @Override
  public synchronized void close() {
    if (open && style == Style.OVERWRITTEN_LINE) {
      out.println();
    }
    open = false;
  }
}
