package io.clickpy.query.projects;

import java.util.Objects;
import java.util.Optional;

/**
 * Where a project stands among all that were downloaded.
 *
 * @param project the project's name, in PEP 503 normal form
 * @param downloads its downloads
 * @param rank 1 for the most downloaded; those with equally many downloads have one rank
 * @param projects how many projects were downloaded
 */
public record ProjectRank(String project, long downloads, long rank, long projects) {

  /** Checks that nothing is missing. */
  public ProjectRank {
    Objects.requireNonNull(project, "project");
  }

  /** Returns among how many of a hundred projects it is the last, from above 0 to 100. */
  public double percentile() {
    return 100.0 * rank / projects;
  }

  /** Returns its medal; empty if it is not among the first quarter. */
  public Optional<Medal> medal() {
    return Medal.of(rank, projects);
  }
}
