package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Files to load, programs that load them, and moments to stop those. */
abstract class LoadingProgramTestBase {
  private static final int FILES = 50;

  @TempDir Path folder;
  private final List<Download> all = new ArrayList<>();

  @BeforeEach
  void writeFiles() {
    for (int i = 0; i < FILES; i++) {
      List<Download> downloads = LoaderTestBase.downloads(10 + i);
      ExportFile.with().write(folder.resolve(i + ".parquet"), downloads);
      all.addAll(downloads);
    }
  }

  /** Starts a {@link LoadingProgram}, and waits until it is about to load. */
  Process start(ClickPy clickpy, String... options) throws IOException {
    Process program =
        ChildProgram.start(
            LoadingProgram.class,
            clickpy,
            Stream.concat(Stream.of(folder.toString()), Stream.of(options)).toArray(String[]::new));
    BufferedReader out =
        new BufferedReader(new InputStreamReader(program.getInputStream(), StandardCharsets.UTF_8));
    assertThat(out.readLine()).isEqualTo("loading");
    return program;
  }

  /** Any moment; or one when a turn is open, and tables are being moved. */
  static void waitForAMoment(Random random, ClickPy clickpy, BooleanSupplier loading)
      throws InterruptedException {
    if (random.nextInt(3) == 0) {
      Thread.sleep(random.nextInt(2_500));
      return;
    }
    while (loading.getAsBoolean() && !hasATurn(clickpy)) {
      Thread.sleep(2);
    }
    Thread.sleep(random.nextInt(250));
  }

  private static boolean hasATurn(ClickPy clickpy) {
    return Query.of(
                "SELECT count() AS n FROM system.tables WHERE database = currentDatabase()"
                    + " AND startsWith(name, 'clickpy_turn_')",
                row -> row.longValue("n"))
            .fetch(clickpy)
            .get(0)
        > 0;
  }

  void assertCountedOnce(String what, int round, ClickPy clickpy) {
    assertThat(Tables.rows(clickpy))
        .as("%s, round %s", what, round)
        .isEqualTo(Tables.expected(all));
    Tables.assertRollupsEqualRaw(clickpy);
    System.out.println(what + ", round " + round + ": counted once");
  }
}
