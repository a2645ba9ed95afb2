package io.clickpy.query;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ProjectName;
import io.clickpy.query.project.Dependencies;
import io.clickpy.query.project.Dependents;
import io.clickpy.query.project.ProjectDetails;

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
   * Asks how often a project was downloaded in all; empty if it never was.
   *
   * @param project the project's name, in any spelling
   */
  public static TotalDownloads totalDownloads(String project) {
    return new TotalDownloads(scope(project));
  }

  /**
   * Asks for the first and the last day on which a project was downloaded; empty if it never was.
   *
   * @param project the project's name, in any spelling
   */
  public static FirstAndLastDownload firstAndLastDownload(String project) {
    return new FirstAndLastDownload(scope(project));
  }

  /**
   * Asks how often a project was downloaded on each day; days without downloads have no row, unless
   * gaps are filled.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadsPerDay downloadsPerDay(String project) {
    return new DownloadsPerDay(scope(project));
  }

  /**
   * Asks how often a project was downloaded in each month, as {@link #downloadsOverTime(String)}
   * with {@link Granularity#MONTH}.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadsOverTime downloadsPerMonth(String project) {
    return downloadsOverTime(project).granularity(Granularity.MONTH);
  }

  /**
   * Asks how often a project was downloaded in each day, week, month, quarter or year. Buckets that
   * are not whole are marked.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadsOverTime downloadsOverTime(String project) {
    return new DownloadsOverTime(TimeSeries.of(scope(project)));
  }

  /**
   * Asks for the most downloaded versions of a project, most downloaded first.
   *
   * @param project the project's name, in any spelling
   */
  public static TopVersions topVersions(String project) {
    return new TopVersions(scope(project));
  }

  /**
   * Asks which versions of a project are downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByVersion(String project) {
    return new DownloadShares(scope(project), Breakdown.VERSION);
  }

  /**
   * Asks for which minor versions of Python, as {@code 3.12}, a project is downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByPython(String project) {
    return new DownloadShares(scope(project), Breakdown.PYTHON_MINOR);
  }

  /**
   * Asks for which major versions of Python, as {@code 3}, a project is downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByPythonMajor(String project) {
    return new DownloadShares(scope(project), Breakdown.PYTHON_MAJOR);
  }

  /**
   * Asks on which operating systems a project is downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsBySystem(String project) {
    return new DownloadShares(scope(project), Breakdown.SYSTEM);
  }

  /**
   * Asks from which countries a project is downloaded; their labels are their names.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByCountry(String project) {
    return new DownloadShares(scope(project), Breakdown.COUNTRY);
  }

  /**
   * Asks by which installers, as {@code pip}, a project is downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByInstaller(String project) {
    return new DownloadShares(scope(project), Breakdown.INSTALLER);
  }

  /**
   * Asks which kinds of file, as {@code bdist_wheel}, of a project are downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByFileType(String project) {
    return new DownloadShares(scope(project), Breakdown.FILE_TYPE);
  }

  /**
   * Asks which kinds of file each installer downloads of a project.
   *
   * @param project the project's name, in any spelling
   */
  public static FileTypesByInstaller fileTypesByInstaller(String project) {
    return new FileTypesByInstaller(scope(project));
  }

  /**
   * Asks what a project says about itself: its latest release, author, licence, home page,
   * repository; empty if there is no such project.
   *
   * @param project the project's name, in any spelling
   */
  public static ProjectDetails projectDetails(String project) {
    return ProjectDetails.of(project);
  }

  /**
   * Asks which projects the latest release of a project requires, and how often they are
   * downloaded; empty if there is no such project.
   *
   * @param project the project's name, in any spelling
   */
  public static Dependencies dependencies(String project) {
    return Dependencies.of(project);
  }

  /**
   * Asks which projects' latest releases require a project, most downloaded first.
   *
   * @param project the project's name, in any spelling
   */
  public static Dependents dependents(String project) {
    return Dependents.of(project);
  }

  private static Scope scope(String project) {
    return Scope.of(ProjectName.of(project));
  }
}
