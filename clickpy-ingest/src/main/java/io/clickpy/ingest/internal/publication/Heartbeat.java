package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPyException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets others know, as long as it is open, that a loader is alive. */
public final class Heartbeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

  private final Loaders loaders;
  private final String loader;
  private final String process = "process " + ProcessHandle.current().pid();
  private final Duration lease;
  private final ScheduledExecutorService clock;
  private final Future<?> beating;

  private Heartbeat(Loaders loaders, String loader, Duration lease) {
    this.loaders = loaders;
    this.loader = loader;
    this.lease = lease;
    loaders.alive(loader, process, lease);
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "clickpy-load-heartbeat");
              thread.setDaemon(true);
              return thread;
            });
    long period = Math.max(1, lease.toMillis() / 4);
    beating = clock.scheduleAtFixedRate(this::beat, period, period, TimeUnit.MILLISECONDS);
  }

  /** Says that a loader is alive, and says it again several times within each lease. */
  public static Heartbeat start(Loaders loaders, String loader, Duration lease) {
    return new Heartbeat(loaders, loader, lease);
  }

  private void beat() {
    try {
      loaders.alive(loader, process, lease);
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot tell that the loader {} is alive", loader, e);
    }
  }

  /** Says that the loader has ended; if nobody hears it, its lease runs out. */
  @Override
  public void close() {
    beating.cancel(false);
    clock.shutdown();
    Uninterrupted.run(this::end);
  }

  private void end() {
    try {
      loaders.ended(loader, process);
    } catch (ClickPyException | IllegalStateException e) {
      LOG.debug("Cannot tell that the loader {} has ended", loader, e);
    }
  }
}
