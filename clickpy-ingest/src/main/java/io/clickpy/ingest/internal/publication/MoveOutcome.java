package io.clickpy.ingest.internal.publication;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What has become of a table that was to be moved, part by part.
 *
 * @param note what was true before
 * @param fates of each of the note's parts, in their order
 */
record MoveOutcome(MoveNote note, Map<StagedPart, Fate> fates) {
  MoveOutcome {
    fates = Collections.unmodifiableMap(new LinkedHashMap<>(fates));
  }

  static MoveOutcome all(MoveNote note, Fate fate) {
    Map<StagedPart, Fate> fates = new LinkedHashMap<>();
    note.parts().forEach(part -> fates.put(part, fate));
    return new MoveOutcome(note, fates);
  }

  /** Returns what a table has become whose parts with these hashes were moved. */
  static MoveOutcome byHashes(MoveNote note, List<String> moved) {
    List<String> left = new ArrayList<>(moved);
    Map<StagedPart, Fate> fates = new LinkedHashMap<>();
    note.parts()
        .forEach(part -> fates.put(part, left.remove(part.hash()) ? Fate.MOVED : Fate.UNKNOWN));
    return new MoveOutcome(note, fates);
  }

  /** Returns this outcome with what is found out by part name about those that were unknown. */
  MoveOutcome with(Map<String, Fate> found) {
    Map<StagedPart, Fate> better = new LinkedHashMap<>(fates);
    better.replaceAll(
        (part, fate) ->
            fate == Fate.UNKNOWN ? found.getOrDefault(part.name(), Fate.UNKNOWN) : fate);
    return new MoveOutcome(note, better);
  }

  boolean isKnown() {
    return !fates.containsValue(Fate.UNKNOWN);
  }

  /** Returns whether the whole table had this fate. */
  boolean isAll(Fate fate) {
    return fates.values().stream().allMatch(fate::equals);
  }

  /** Returns the note of what is left to be moved. */
  MoveNote rest() {
    return note.with(
        note.parts().stream().filter(part -> fates.get(part) == Fate.WAITING).toList());
  }
}
