package io.clickpy.query.projects;

import java.time.YearMonth;
import java.util.List;
import java.util.Objects;

/**
 * A project that grew fast.
 *
 * @param project the project's name, in PEP 503 normal form
 * @param month the month in which it grew fastest
 * @param growth the downloads of that month divided by those of the month before; above 1
 * @param months every month that was looked at, oldest first
 */
public record HotProject(
    String project, YearMonth month, double growth, List<MonthlyDownloads> months) {

  /** Copies the months. */
  public HotProject {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(month, "month");
    months = List.copyOf(months);
  }
}
