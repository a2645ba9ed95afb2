package io.clickpy.core.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * How far an attempt to fill rollups has come, as its notes say.
 *
 * @param attempt its number
 * @param planned what is to be filled, by name
 * @param rawRows how many rows the raw table held at the cut; empty before it
 * @param inUse the id of the table that each rollup's name meant at the cut
 * @param copied the newest chunk that is copied; empty before the first
 * @param published the rollups that are whole under their names
 * @param done whether nothing is left to do
 */
record FillState(
    long attempt,
    Map<String, Planned> planned,
    OptionalLong rawRows,
    Map<String, String> inUse,
    Optional<Chunk> copied,
    Set<String> published,
    boolean done) {

  /**
   * A rollup that is to be filled.
   *
   * @param number its place, which names its tables
   * @param kind whether it was there
   */
  record Planned(int number, Build.Kind kind) {}

  /**
   * What has been copied with one statement for each rollup, and all that was copied before.
   *
   * @param generation of the lease under which it was copied
   * @param number its place, from 1
   * @param through its last project
   * @param rows how many rows of the guiding table have been read since the beginning
   * @param last whether nothing comes behind it
   */
  record Chunk(long generation, long number, String through, long rows, boolean last) {
    /** Returns what its tables are named after: nobody else's are. */
    String id() {
      return generation + "_" + number;
    }
  }

  /** Returns that of an attempt which has only been planned. */
  static FillState planned(long attempt, List<Build> builds) {
    Map<String, Planned> planned = new LinkedHashMap<>();
    builds.forEach(build -> planned.put(build.name(), new Planned(build.number(), build.kind())));
    return new FillState(
        attempt, planned, OptionalLong.empty(), Map.of(), Optional.empty(), Set.of(), false);
  }

  static FillState of(long attempt, List<FillJournal.Note> notes) {
    Map<String, Planned> planned = new LinkedHashMap<>();
    Map<String, String> inUse = new LinkedHashMap<>();
    Set<String> published = new LinkedHashSet<>();
    List<Chunk> copied = new ArrayList<>();
    OptionalLong rawRows = OptionalLong.empty();
    boolean done = false;
    for (FillJournal.Note note : notes) {
      switch (note.event()) {
        case PLANNED -> planned.put(note.subject(), planned(note));
        case CUT -> {
          rawRows = OptionalLong.of(note.number());
          inUse.put(note.subject(), note.text());
        }
        case COPIED, COPIED_LAST -> copied.add(chunk(note));
        case PUBLISHED -> published.add(note.subject());
        case DONE -> done = true;
      }
    }
    // A program that lost its lease may be late with its note: the newer lease's counts.
    Optional<Chunk> newest =
        copied.stream()
            .max(Comparator.comparingLong(Chunk::generation).thenComparingLong(Chunk::number));
    return new FillState(attempt, planned, rawRows, inUse, newest, published, done);
  }

  private static Planned planned(FillJournal.Note note) {
    String[] text = note.text().split(" ", 2);
    return new Planned(Integer.parseInt(text[0]), Build.Kind.valueOf(text[1]));
  }

  private static Chunk chunk(FillJournal.Note note) {
    String[] id = note.subject().split("_", 2);
    return new Chunk(
        Long.parseLong(id[0]),
        Long.parseLong(id[1]),
        note.text(),
        note.number(),
        note.event() == FillJournal.Event.COPIED_LAST);
  }
}
