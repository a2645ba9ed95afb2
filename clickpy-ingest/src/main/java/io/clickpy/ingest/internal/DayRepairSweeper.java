package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.Query;
import io.clickpy.ingest.internal.DayRepairEntry.State;
import io.clickpy.ingest.internal.publication.LoadNames;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drops what replacements of days have left that nobody wants any more. */
final class DayRepairSweeper {
  private static final Logger LOG = LoggerFactory.getLogger(DayRepairSweeper.class);

  private final ClickPy clickpy;
  private final LoadNames names;
  private final DayRepairJournal journal;
  private final Predicate<DayRepairEntry> isLoaded;

  /**
   * A sweeper.
   *
   * @param isLoaded whether the ledger says that a replacement is published
   */
  DayRepairSweeper(
      ClickPy clickpy,
      LoadNames names,
      DayRepairJournal journal,
      Predicate<DayRepairEntry> isLoaded) {
    this.clickpy = clickpy;
    this.names = names;
    this.journal = journal;
    this.isLoaded = isLoaded;
  }

  /** Drops what is not wanted any more; what goes wrong leaves it to the next run. */
  void sweep() {
    try {
      List<DayRepairEntry> all = journal.all();
      long newest = DayRepairJournal.newestSwitched(all);
      for (DayRepairEntry repair : all) {
        if (repair.state() == State.PREPARED
            && repair.number() <= newest
            && !isLoaded.test(repair)) { // Its number is used up.
          journal.note(repair.in(State.ABANDONED));
        }
      }
      journal.all().stream()
          .filter(repair -> !isWanted(repair))
          .forEach(repair -> drop(names.replaced(repair.attempt())));
      List<String> known = all.stream().map(repair -> names.replaced(repair.attempt())).toList();
      old().stream().filter(table -> !known.contains(table)).forEach(this::drop);
    } catch (ClickPyException e) {
      LOG.warn("Cannot tidy up behind a replacement: {}", e.getMessage());
    }
  }

  private static boolean isWanted(DayRepairEntry repair) {
    return switch (repair.state()) {
      case PREPARED, SWITCHED, KEPT -> true;
      case ABANDONED, CONFIRMED, UNDONE -> false;
    };
  }

  /** Copies of programs that died before they had noted them: no preparation takes a day. */
  private List<String> old() {
    return Query.of(
            "SELECT name FROM system.tables WHERE database = currentDatabase()"
                + " AND startsWith(name, {prefix:String})"
                + " AND metadata_modification_time < now() - INTERVAL 1 DAY",
            row -> row.string("name"))
        .bind("prefix", names.replacedPrefix())
        .fetch(clickpy);
  }

  private void drop(String table) {
    Command.of("DROP TABLE IF EXISTS %s SYNC".formatted(table))
        .setting("max_table_size_to_drop", "0")
        .repeatable()
        .execute(clickpy);
  }
}
