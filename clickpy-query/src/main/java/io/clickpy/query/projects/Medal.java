package io.clickpy.query.projects;

import java.util.Optional;

/** What a project gets for being among the most downloaded, the best first. */
public enum Medal {
  /** For the first hundredth of all projects. */
  GOLD(1),
  /** For the first tenth. */
  SILVER(10),
  /** For the first quarter. */
  BRONZE(25);

  private final int percent;

  Medal(int percent) {
    this.percent = percent;
  }

  /** Returns how many of a hundred projects get it or a better one. */
  public int percent() {
    return percent;
  }

  /**
   * Returns the best medal for a rank; empty if there is none.
   *
   * @param rank the rank, from 1
   * @param projects how many projects have one
   */
  static Optional<Medal> of(long rank, long projects) {
    for (Medal medal : values()) {
      if (rank * 100 <= projects * medal.percent) {
        return Optional.of(medal);
      }
    }
    return Optional.empty();
  }

  /** Returns the medal for that part of all projects. */
  static Medal ofPercent(int percent) {
    for (Medal medal : values()) {
      if (medal.percent == percent) {
        return medal;
      }
    }
    throw new IllegalArgumentException("Invalid percentage of a medal: " + percent);
  }
}
