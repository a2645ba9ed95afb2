package io.clickpy.query.projects;

import java.util.Objects;

/**
 * What a medal takes.
 *
 * @param medal the medal
 * @param downloads the fewest downloads with which a project has it or a better one
 * @param projects how many projects were downloaded
 */
public record MedalThreshold(Medal medal, long downloads, long projects) {

  /** Checks that nothing is missing. */
  public MedalThreshold {
    Objects.requireNonNull(medal, "medal");
  }
}
