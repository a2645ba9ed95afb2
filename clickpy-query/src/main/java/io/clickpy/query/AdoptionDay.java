package io.clickpy.query;

import java.time.LocalDate;
import java.util.Objects;

/**
 * The downloads of a version on one of its first days.
 *
 * @param day how many days after the first; 0 for the first
 * @param date the day, in UTC
 * @param count downloads of the version
 * @param ofProject downloads of all versions of the project
 */
public record AdoptionDay(int day, LocalDate date, long count, long ofProject) {

  /** Checks that nothing is missing. */
  public AdoptionDay {
    Objects.requireNonNull(date, "date");
  }

  /** Returns the version's part of the project's downloads, from 0 to 1; 0 if there were none. */
  public double share() {
    return ofProject == 0 ? 0 : (double) count / ofProject;
  }
}
