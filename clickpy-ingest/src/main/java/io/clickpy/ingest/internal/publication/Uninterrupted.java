package io.clickpy.ingest.internal.publication;

/** Lets a thread that was told to stop tidy up first. */
public final class Uninterrupted {
  private Uninterrupted() {}

  /** Runs a task as if the thread was not interrupted; afterwards it is again. */
  public static void run(Runnable task) {
    boolean interrupted = Thread.interrupted();
    try {
      task.run();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
