package io.clickpy.query.projects;

import java.time.YearMonth;
import java.util.Objects;

/**
 * The releases of a project in one month.
 *
 * @param project the project's name, in PEP 503 normal form
 * @param month the month, in UTC
 * @param count how many versions had their first file uploaded in it
 */
public record MonthlyReleases(String project, YearMonth month, long count) {

  /** Checks that nothing is missing. */
  public MonthlyReleases {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(month, "month");
  }
}
