package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Query;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.embedded.EmbeddedClickHouse;
import io.clickpy.query.Soak.Failure;
import io.clickpy.query.Soak.Phase;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many threads ask everything of one shared {@link ClickPy}, in every way: each answer is right,
 * and nothing is left behind; also where the server is killed. {@code -Dclickpy.soak=PT2M} makes it
 * longer.
 */
@Tag("slow")
class SoakIT {
  private static final int THREADS = 64;
  private static final Duration LENGTH = Duration.parse(System.getProperty("clickpy.soak", "PT2S"));
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir static Path data;

  private static EmbeddedClickHouse server;

  @BeforeAll
  static void load() {
    server = EmbeddedClickHouse.builder().dataDirectory(data).start();
    try (ClickPy clickpy = ClickPy.connect(server.endpoint())) {
      SchemaMigrator.of(clickpy).migrate();
      GeneratedDownloads.loadDownloads(clickpy, PypiSchema.ofDefaults(), new Random(7));
      GeneratedDownloads.loadFiles(clickpy, PypiSchema.ofDefaults(), new Random(7));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void nothingFailsAndNothingIsLeftBehind() throws Exception {
    try (ClickPy observer = ClickPy.connect(server.endpoint())) {
      // What a program opens once and for all, it opens here.
      soak(LENGTH.dividedBy(4));
      Held before = Held.by(observer);

      Soak soak = soak(LENGTH);

      assertThat(soak.failures()).isEmpty();
      assertThat(soak.answers()).isGreaterThan(THREADS);
      await(
          () -> "%s is given back of %s".formatted(before, Held.by(observer)),
          () -> Held.by(observer).isWithin(before));
      System.out.printf(
          "SoakIT: %d answers to %d threads in %s; held before: %s, after: %s%n",
          soak.answers(), THREADS, LENGTH, before, Held.by(observer));
    }
  }

  private static Soak soak(Duration length) throws Exception {
    try (ClickPy shared = ClickPy.connect(server.endpoint());
        Soak soak = Soak.start(THREADS, shared)) {
      Thread.sleep(length.toMillis());
      return soak;
    }
  }

  @Test
  void aKilledServerMeansTypedErrorsAndIsFoundAgain() throws Exception {
    int port = server.endpoint().getPort();
    try (ClickPy shared = ClickPy.connect(server.endpoint());
        Soak soak = Soak.start(THREADS, shared)) {
      await(() -> "every thread has answers", () -> soak.answered(Phase.BEFORE) == THREADS);
      soak.enter(Phase.DOWN);
      server.process().destroyForcibly();
      await(() -> "every thread has met an error", () -> soak.failed(Phase.DOWN) == THREADS);
      server.close();
      server = EmbeddedClickHouse.builder().dataDirectory(data).httpPort(port).start();
      soak.enter(Phase.AFTER);
      await(() -> "every thread has answers again", () -> soak.answered(Phase.AFTER) == THREADS);
      Thread.sleep(LENGTH.dividedBy(4).toMillis());

      assertThat(soak.failures())
          .extracting(Failure::error)
          .hasOnlyElementsOfType(ClickPyException.class);
      assertThat(soak.failures()).extracting(Failure::begun).doesNotContain(Phase.AFTER);
      assertThat(soak.failures()).extracting(Failure::ended).doesNotContain(Phase.BEFORE);
      System.out.printf(
          "SoakIT: a killed server made %d errors among %d answers%n",
          soak.failures().size(), soak.answers());
    }
  }

  /** Waits for something that must come to pass, however slow the machine is. */
  private static void await(Supplier<String> what, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  /**
   * What is in use.
   *
   * @param threads of this program
   * @param descriptors of this program, sockets among them; 0 where the system does not tell
   * @param connections that the server has
   * @param queries that the server works on
   */
  private record Held(int threads, long descriptors, long connections, long queries) {

    static Held by(ClickPy observer) {
      // The program's own is counted while the observer's connection is in use.
      return Query.of(
              """
              SELECT sumIf(value, metric = 'HTTPConnection') AS connections,
                sumIf(value, metric = 'Query') AS queries
              FROM system.metrics""",
              row ->
                  new Held(
                      ManagementFactory.getThreadMXBean().getThreadCount(),
                      openDescriptors(),
                      row.longValue("connections"),
                      row.longValue("queries")))
          .fetch(observer)
          .get(0);
    }

    private static long openDescriptors() {
      return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
          ? unix.getOpenFileDescriptorCount()
          : 0;
    }

    boolean isWithin(Held before) {
      return threads <= before.threads
          && descriptors <= before.descriptors
          && connections <= before.connections
          && queries <= before.queries;
    }
  }
}
