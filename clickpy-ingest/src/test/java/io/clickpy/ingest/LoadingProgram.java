package io.clickpy.ingest;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;
import java.time.Duration;

/** A program to be killed: it loads a folder. */
final class LoadingProgram {
  /** Short, so that nobody waits for the dead. */
  static final Duration LEASE = Duration.ofSeconds(1);

  private LoadingProgram() {}

  public static void main(String[] arguments) {
    try (ClickPy clickpy =
        ClickPy.connect(ClickPyConfig.builder(arguments[0]).database(arguments[1]).build())) {
      System.out.println("loading");
      ParquetLoader.into(clickpy)
          .lease(LEASE)
          .from(ParquetSource.local(Path.of(arguments[2])))
          .load()
          .throwIfFailed();
    }
  }
}
