package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.ingest.internal.publication.Claims;
import io.clickpy.ingest.internal.publication.Heartbeat;
import io.clickpy.ingest.internal.publication.Journal;
import io.clickpy.ingest.internal.publication.LoadNames;
import io.clickpy.ingest.internal.publication.Loaders;
import io.clickpy.ingest.internal.publication.Publisher;
import io.clickpy.ingest.internal.publication.TableLedger;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** What one run of a loader works with. Close it. */
final class LoadSession implements AutoCloseable {
  private final LoadNames names;
  private final LiveTables live;
  private final Heartbeat heartbeat;
  private final Journal journal;
  private final Claims claims;
  private final Publisher publisher;
  private final Stager stager;
  private final Retries retries;
  private final Parallel parallel = new Parallel();
  private final String loader = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());

  private LoadSession(ClickPy clickpy, LoadOptions options) {
    retries = new Retries(clickpy.config().retries());
    names = LoadNames.of(options.schema());
    live = LiveTables.of(clickpy, names);
    Loaders loaders = new Loaders(clickpy, names);
    journal = new Journal(options.ledger().orElseGet(() -> new TableLedger(clickpy, names)));
    claims = new Claims(clickpy, names, loaders, loader);
    parallel.forEach(
        List.<Runnable>of(loaders::create, journal::open, claims::create), Runnable::run);
    publisher = new Publisher(clickpy, names, journal, loaders, loader, options.lease());
    stager =
        new Stager(
            clickpy, names, options.staging(), live, journal, publisher, parallel, retries, loader);
    heartbeat = Heartbeat.start(loaders, loader, options.lease());
  }

  /**
   * Prepares a load, and completes what dead loaders have left half done.
   *
   * @throws io.clickpy.core.ClickPyException if the server cannot be reached or lacks the tables
   */
  static LoadSession open(ClickPy clickpy, LoadOptions options) {
    LoadSession session = new LoadSession(clickpy, options);
    try {
      session.publisher.recover();
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return session;
  }

  String loader() {
    return loader;
  }

  LoadNames names() {
    return names;
  }

  LiveTables live() {
    return live;
  }

  Parallel parallel() {
    return parallel;
  }

  Retries retries() {
    return retries;
  }

  Journal journal() {
    return journal;
  }

  Claims claims() {
    return claims;
  }

  Publisher publisher() {
    return publisher;
  }

  Stager stager() {
    return stager;
  }

  /** Ends the threads, and says that this loader has ended; the connection stays open. */
  @Override
  public void close() {
    heartbeat.close();
    parallel.close();
  }
}
