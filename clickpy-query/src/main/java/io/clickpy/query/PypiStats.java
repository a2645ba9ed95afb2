package io.clickpy.query;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ProjectName;

/**
 * The questions that can be asked of PyPI's downloads. Start here.
 *
 * <p>Days are UTC, ranges include both ends, and every number is a sum of downloads. A project is
 * named in any spelling that PEP 503 counts as the same; one that has no downloads gives an empty
 * answer.
 *
 * <pre>{@code
 * List<DailyDownloads> days =
 *     PypiStats.downloadsPerDay("pandas").lastDays(10).fetch(clickpy);
 * }</pre>
 */
@CheckReturnValue
public final class PypiStats {
  private PypiStats() {}

  /**
   * Asks how often a project was downloaded on each day; days without downloads have no row.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadsPerDay downloadsPerDay(String project) {
    return DownloadsPerDay.of(ProjectName.of(project));
  }

  /**
   * Asks for the most downloaded versions of a project, most downloaded first.
   *
   * @param project the project's name, in any spelling
   */
  public static TopVersions topVersions(String project) {
    return TopVersions.of(ProjectName.of(project));
  }

  /**
   * Asks how often a project was downloaded in all; no row if it never was.
   *
   * @param project the project's name, in any spelling
   */
  public static TotalDownloads totalDownloads(String project) {
    return TotalDownloads.of(ProjectName.of(project));
  }
}
