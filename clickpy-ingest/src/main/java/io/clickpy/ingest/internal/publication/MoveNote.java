package io.clickpy.ingest.internal.publication;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What was true of a table before its rows were moved; with it, it can be found out afterwards
 * whether they were.
 *
 * @param table the live table's name
 * @param newestBlock the number of the newest block that the live table had; 0 for none. Whatever
 *     comes into the table later has a higher one
 * @param parts what waits in the private table, in the order in which it is moved
 */
record MoveNote(String table, long newestBlock, List<StagedPart> parts) {
  MoveNote {
    parts = List.copyOf(parts);
  }

  static MoveNote parse(String line) {
    String[] words = line.split(" ", -1);
    return new MoveNote(
        words[0],
        Long.parseLong(words[1]),
        Arrays.stream(words).skip(2).map(StagedPart::parse).toList());
  }

  /** Returns this note for some of the parts. */
  MoveNote with(List<StagedPart> some) {
    return new MoveNote(table, newestBlock, some);
  }

  @Override
  public String toString() {
    return parts.stream()
        .map(StagedPart::toString)
        .collect(Collectors.joining(" ", table + " " + newestBlock + " ", ""));
  }
}
