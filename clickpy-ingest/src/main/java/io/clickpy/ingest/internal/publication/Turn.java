package io.clickpy.ingest.internal.publication;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The right and the duty to change what everybody reads, one at a time, in the order of the
 * numbers.
 *
 * <p>A turn has rounds: a restart of the server ends one, and what is left to do is the next.
 *
 * @param number one more than that of the turn before
 * @param round counted from 1
 * @param loader who has opened this round
 * @param attempt what is to be published; empty for a turn that only sweeps up
 * @param removal what is to be taken away before
 * @param notes the tables whose rows are to be moved in this round
 */
record Turn(
    long number,
    int round,
    String loader,
    Optional<Attempt> attempt,
    Optional<Removal> removal,
    List<MoveNote> notes) {
  private static final String NOTHING = "-";

  Turn {
    notes = List.copyOf(notes);
  }

  static Turn publishing(long number, String loader, Attempt attempt, List<MoveNote> notes) {
    return new Turn(number, 1, loader, Optional.of(attempt), Optional.empty(), notes);
  }

  /** Returns this turn taking something away before. */
  Turn removing(Removal value) {
    return new Turn(number, round, loader, attempt, Optional.of(value), notes);
  }

  static Turn sweeping(long number, String loader) {
    return new Turn(number, 1, loader, Optional.empty(), Optional.empty(), List.of());
  }

  /** Returns the round behind this one. */
  Turn next(String opener, List<MoveNote> rest) {
    return new Turn(number, round + 1, opener, attempt, removal, rest);
  }

  /** Returns what names the table of this round, behind the prefix. */
  String name() {
    return number + "_" + round;
  }

  /** Returns what the comment of the table of this round says. */
  String comment() {
    return notes.stream()
        .map(MoveNote::toString)
        .collect(
            Collectors.joining(
                "\n",
                "%s %s%s\n"
                    .formatted(
                        loader,
                        attempt.map(Attempt::id).orElse(NOTHING),
                        removal.map(rows -> " " + rows).orElse("")),
                ""));
  }

  /**
   * Returns the turn that a table stands for.
   *
   * @param name as {@link #name()}
   * @param comment as {@link #comment()}
   */
  static Turn parse(String name, String comment) {
    int at = name.indexOf('_');
    List<String> lines = comment.lines().toList();
    String[] who = lines.get(0).split(" ", -1);
    return new Turn(
        Long.parseLong(name.substring(0, at)),
        Integer.parseInt(name.substring(at + 1)),
        who[0],
        Optional.of(who[1]).filter(id -> !id.equals(NOTHING)).map(Attempt::parse),
        Arrays.stream(who).skip(2).map(Removal::parse).findFirst(),
        lines.stream().skip(1).map(MoveNote::parse).toList());
  }

  /** Returns whether this turn is there to publish an attempt. */
  boolean publishes(Attempt other) {
    return attempt.filter(other::equals).isPresent();
  }
}
