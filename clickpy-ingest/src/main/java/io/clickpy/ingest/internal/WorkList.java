package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.ChangedFile;
import io.clickpy.ingest.FileResult;
import io.clickpy.ingest.internal.LoadOptions.FailedBefore;
import io.clickpy.ingest.internal.publication.Claims;
import io.clickpy.ingest.internal.publication.FileHistory;
import io.clickpy.ingest.internal.publication.Journal;
import io.clickpy.ingest.internal.publication.LoadUnit;
import io.clickpy.ingest.internal.publication.Publisher;
import io.clickpy.ingest.ledger.LedgerEntry;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that are still to be loaded, and by whom. For one thread. */
final class WorkList {
  /** Few enough for other loaders to have a share. */
  static final int CLAIMED_AT_ONCE = 32;

  private static final Logger LOG = LoggerFactory.getLogger(WorkList.class);

  private final Journal journal;
  private final Publisher publisher;
  private final Claims claims;
  private final String loader;
  private final LoadOptions options;
  private final Tally tally;

  /** Nobody is known to work on them. */
  private final Deque<LoadTask> open = new ArrayDeque<>();

  /** This loader has them. */
  private final Deque<LoadTask> claimed = new ArrayDeque<>();

  /** Others have them, or this loader has another content of the same name. */
  private final List<LoadTask> waiting = new ArrayList<>();

  /** The names of the files that this loader is busy with, or has claimed. */
  private final Set<URI> busy = new HashSet<>();

  /** What is to be replaced by files that have changed, by their names. */
  private final Map<URI, LedgerEntry> replaced = new HashMap<>();

  WorkList(LoadSession session, LoadOptions options, Tally tally) {
    this.journal = session.journal();
    this.publisher = session.publisher();
    this.claims = session.claims();
    this.loader = session.loader();
    this.options = options;
    this.tally = tally;
  }

  /** Takes notice of files; what the ledger knows of them is settled right away. */
  void add(List<LoadTask> tasks) {
    open.addAll(unknown(tasks));
  }

  /** Returns the next file of which this loader has the claim; empty if there is none now. */
  Optional<LoadTask> next() {
    while (claimed.isEmpty() && !open.isEmpty()) {
      claim();
    }
    return Optional.ofNullable(claimed.poll());
  }

  private void claim() {
    List<LoadTask> wanted = new ArrayList<>();
    while (wanted.size() < CLAIMED_AT_ONCE && !open.isEmpty()) {
      LoadTask task = open.remove();
      (busy.add(task.unit().uri()) ? wanted : waiting).add(task);
    }
    if (wanted.isEmpty()) {
      return;
    }
    claims.claim(units(wanted));
    Map<String, String> holders = claims.holders(units(wanted));
    // Behind the claim: who had it before may have just finished.
    List<LoadTask> unknown = unknown(wanted);
    for (LoadTask task : unknown) {
      boolean mine = loader.equals(holders.getOrDefault(task.unit().id(), loader));
      if (mine) {
        claimed.add(task);
      } else {
        busy.remove(task.unit().uri());
        waiting.add(task);
      }
    }
  }

  /** Files that were begun are to be done again, first of all. */
  void again(List<LoadTask> tasks) {
    for (int i = tasks.size() - 1; i >= 0; i--) {
      claimed.addFirst(tasks.get(i));
    }
  }

  /** Settles what has become of a file, and lets others have it if it is not loaded. */
  void settle(LoadTask task, FileResult result) {
    busy.remove(task.unit().uri());
    replaced.remove(task.unit().uri());
    tally.settled(task, result);
  }

  /** Returns how the content was loaded of which a file is to take the place, if it is. */
  Optional<LedgerEntry> replacedBy(LoadTask task) {
    return Optional.ofNullable(replaced.get(task.unit().uri()));
  }

  /** Returns whether there are files that somebody else has. */
  boolean isWaiting() {
    return !waiting.isEmpty();
  }

  /** Looks what has become of the files that somebody else has; those free by now are next. */
  void lookAgain() {
    List<LoadTask> left = unknown(waiting);
    waiting.clear();
    Map<String, String> holders = claims.holders(units(left));
    for (LoadTask task : left) {
      String holder = holders.getOrDefault(task.unit().id(), loader);
      (holder.equals(loader) ? open : waiting).add(task);
    }
  }

  /** Settles the files of which the ledger knows the end, and returns the others. */
  private List<LoadTask> unknown(List<LoadTask> tasks) {
    Map<URI, FileHistory> histories = publisher.histories(units(tasks));
    List<LoadTask> unknown = new ArrayList<>();
    for (LoadTask task : tasks) {
      FileHistory history = histories.getOrDefault(task.unit().uri(), FileHistory.NONE);
      Optional<FileResult> result = known(task.unit(), history);
      if (result.isPresent()) {
        settle(task, result.get());
      } else {
        unknown.add(task);
      }
    }
    return unknown;
  }

  /** Returns what has become of a file, if the ledger knows the end. */
  Optional<FileResult> known(LoadUnit unit, FileHistory history) {
    if (history.loaded(unit).isPresent()) {
      return Optional.of(new FileResult.Skipped(unit.uri(), unit.bytes()));
    }
    boolean isChanged = history.isLoadedOtherwise(unit);
    if (isChanged) {
      noteChanged(unit, history);
    }
    if (isChanged && options.changed() == ChangedFile.REFUSE) {
      return failed(
          unit,
          "It was loaded before with another content, so that loading it would count downloads"
              + " twice. Load only new rows, under a new name; or replace what it brought, with"
              + " onChangedFile(ChangedFile.REPLACE).");
    }
    Optional<LedgerEntry> stuck = history.stuck();
    if (stuck.isPresent()) {
      return failed(unit, stuck.get().reason());
    }
    if (isChanged) {
      history.current().ifPresent(loaded -> replaced.put(unit.uri(), loaded));
      return Optional.empty();
    }
    if (options.failedBefore() == FailedBefore.RETRY) {
      return Optional.empty();
    }
    return history
        .failed(unit, options.reading())
        .flatMap(
            entry ->
                failed(
                    unit,
                    "It failed on %s, and is not tried again until it changes or retryFailed() is asked for: %s"
                        .formatted(entry.at(), entry.reason())));
  }

  /** Whoever asks how complete the tables are gets to know it. */
  private void noteChanged(LoadUnit unit, FileHistory history) {
    try {
      journal.changed(unit, history);
    } catch (ClickPyException | IllegalStateException unnoted) {
      LOG.debug("Cannot note that {} has changed", unit.uri(), unnoted);
    }
  }

  private static Optional<FileResult> failed(LoadUnit unit, String reason) {
    ClickPyException error = new ClickPyException(ErrorCode.INVALID_DATA, reason);
    return Optional.of(new FileResult.Failed(unit.uri(), unit.bytes(), error));
  }

  private static List<LoadUnit> units(Collection<LoadTask> tasks) {
    return tasks.stream().map(LoadTask::unit).toList();
  }
}
