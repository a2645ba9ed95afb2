package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.ErrorCode;
import io.clickpy.embedded.EmbeddedClickHouse;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine is killed while it loads, and started again on what it left. */
class EngineCrashIT {
  private static final int FILES = 8;
  private static final int ROWS = 500;

  @TempDir Path folder;

  @Test
  void everyFileCountsOnceWhenTheEngineIsKilledAgainAndAgain() throws Exception {
    List<Download> all = new ArrayList<>();
    Path downloads = Files.createDirectory(folder.resolve("downloads"));
    for (int i = 0; i < FILES; i++) {
      List<Download> rows =
          Collections.nCopies(ROWS, Download.of("2024-08-12T10:00:00Z", "project-" + i));
      all.addAll(rows);
      ExportFile.with().write(downloads.resolve(i + ".parquet"), rows);
    }
    ParquetSource source = ParquetSource.local(downloads);
    Random random = new Random(7);
    try (EmbeddedClickHouse server = start();
        ClickPy clickpy = connect(server)) {
      Command.of("CREATE DATABASE " + clickpy.database())
          .inDatabase(DatabaseName.of("system"))
          .execute(clickpy);
      Tables.create(clickpy);
    }
    for (int round = 0; round < 4; round++) {
      try (EmbeddedClickHouse server = start();
          ClickPy clickpy = connect(server)) {
        Runnable kill = () -> server.process().destroyForcibly();
        CompletableFuture.delayedExecutor(300 + random.nextInt(1_200), TimeUnit.MILLISECONDS)
            .execute(kill);
        loadUntilTheEngineDies(clickpy, source);
        server.process().onExit().get(1, TimeUnit.MINUTES);
      }
    }
    try (EmbeddedClickHouse server = start();
        ClickPy clickpy = connect(server)) {
      LoadReport report = ParquetLoader.into(clickpy).from(source).load().throwIfFailed();

      assertThat(report.files()).hasSize(FILES);
      assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(all));
      Tables.assertRollupsEqualRaw(clickpy);
    }
  }

  private static void loadUntilTheEngineDies(ClickPy clickpy, ParquetSource source) {
    try {
      ParquetLoader.into(clickpy).from(source).load();
    } catch (ClickPyException e) {
      // Killed before the first file.
      assertThat(e.code()).isIn(ErrorCode.CONNECTION, ErrorCode.OUTCOME_UNKNOWN);
    }
  }

  private EmbeddedClickHouse start() {
    return EmbeddedClickHouse.builder().dataDirectory(folder.resolve("data")).start();
  }

  private static ClickPy connect(EmbeddedClickHouse server) {
    return ClickPy.connect(
        ClickPyConfig.builder(server.endpoint()).database("clickpy_crash").build());
  }
}
