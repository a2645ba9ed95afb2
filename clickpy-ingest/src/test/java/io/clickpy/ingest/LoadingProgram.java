package io.clickpy.ingest;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A program to be killed: it loads a folder. */
final class LoadingProgram {
  /** Short, so that nobody waits for the dead. */
  static final Duration LEASE = Duration.ofSeconds(1);

  /** An option: a shutdown hook cancels the load, and waits until it has ended. */
  static final String CANCELLED_BY_A_HOOK = "--cancelled-by-a-hook";

  private LoadingProgram() {}

  public static void main(String[] arguments) {
    try (ClickPy clickpy =
        ClickPy.connect(ClickPyConfig.builder(arguments[0]).database(arguments[1]).build())) {
      RunningLoad load =
          ParquetLoader.into(clickpy)
              .lease(LEASE)
              .from(ParquetSource.local(Path.of(arguments[2])))
              .start();
      if (List.of(arguments).contains(CANCELLED_BY_A_HOOK)) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(load)));
      }
      System.out.println("loading");
      load.await().throwIfFailed();
    }
  }

  private static void stop(RunningLoad load) {
    load.cancel();
    LoadReport unused = load.await();
  }
}
