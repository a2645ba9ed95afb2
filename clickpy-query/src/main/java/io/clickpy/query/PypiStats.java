package io.clickpy.query;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ProjectName;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Scope;
import io.clickpy.query.project.Dependencies;
import io.clickpy.query.project.Dependents;
import io.clickpy.query.project.ProjectDetails;
import io.clickpy.query.projects.AllDownloads;
import io.clickpy.query.projects.DownloadQuantiles;
import io.clickpy.query.projects.EmergingProjects;
import io.clickpy.query.projects.HotProjects;
import io.clickpy.query.projects.LongUnreleasedProjects;
import io.clickpy.query.projects.MedalThresholds;
import io.clickpy.query.projects.ProjectRanking;
import io.clickpy.query.projects.ProjectSearch;
import io.clickpy.query.projects.RecentReleases;
import io.clickpy.query.projects.TopProjects;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

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
    return totalDownloads(ProjectName.of(project));
  }

  /** Asks the same as {@link #totalDownloads(String)}. */
  public static TotalDownloads totalDownloads(ProjectName project) {
    return new TotalDownloads(scope(project));
  }

  /**
   * Asks for the first and the last day on which a project was downloaded; empty if it never was.
   *
   * @param project the project's name, in any spelling
   */
  public static FirstAndLastDownload firstAndLastDownload(String project) {
    return firstAndLastDownload(ProjectName.of(project));
  }

  /** Asks the same as {@link #firstAndLastDownload(String)}. */
  public static FirstAndLastDownload firstAndLastDownload(ProjectName project) {
    return new FirstAndLastDownload(scope(project));
  }

  /**
   * Asks how often a project was downloaded on each day; days without downloads have no row, unless
   * gaps are filled.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadsPerDay downloadsPerDay(String project) {
    return downloadsPerDay(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsPerDay(String)}. */
  public static DownloadsPerDay downloadsPerDay(ProjectName project) {
    return new DownloadsPerDay(scope(project));
  }

  /**
   * Asks how often a project was downloaded in each month, as {@link #downloadsOverTime(String)}
   * with {@link Granularity#MONTH}.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadsOverTime downloadsPerMonth(String project) {
    return downloadsPerMonth(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsPerMonth(String)}. */
  public static DownloadsOverTime downloadsPerMonth(ProjectName project) {
    return downloadsOverTime(project).granularity(Granularity.MONTH);
  }

  /**
   * Asks how often a project was downloaded in each day, week, month, quarter or year. Buckets that
   * are not whole are marked.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadsOverTime downloadsOverTime(String project) {
    return downloadsOverTime(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsOverTime(String)}. */
  public static DownloadsOverTime downloadsOverTime(ProjectName project) {
    return new DownloadsOverTime(TimeSeries.of(scope(project)));
  }

  /**
   * Asks for the most downloaded versions of a project, most downloaded first.
   *
   * @param project the project's name, in any spelling
   */
  public static TopVersions topVersions(String project) {
    return topVersions(ProjectName.of(project));
  }

  /** Asks the same as {@link #topVersions(String)}. */
  public static TopVersions topVersions(ProjectName project) {
    return new TopVersions(scope(project));
  }

  /**
   * Asks which versions of a project are downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByVersion(String project) {
    return downloadsByVersion(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsByVersion(String)}. */
  public static DownloadShares downloadsByVersion(ProjectName project) {
    return new DownloadShares(scope(project), Breakdown.VERSION);
  }

  /**
   * Asks for which minor versions of Python, as {@code 3.12}, a project is downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByPython(String project) {
    return downloadsByPython(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsByPython(String)}. */
  public static DownloadShares downloadsByPython(ProjectName project) {
    return new DownloadShares(scope(project), Breakdown.PYTHON_MINOR);
  }

  /**
   * Asks for which major versions of Python, as {@code 3}, a project is downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByPythonMajor(String project) {
    return downloadsByPythonMajor(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsByPythonMajor(String)}. */
  public static DownloadShares downloadsByPythonMajor(ProjectName project) {
    return new DownloadShares(scope(project), Breakdown.PYTHON_MAJOR);
  }

  /**
   * Asks on which operating systems a project is downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsBySystem(String project) {
    return downloadsBySystem(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsBySystem(String)}. */
  public static DownloadShares downloadsBySystem(ProjectName project) {
    return new DownloadShares(scope(project), Breakdown.SYSTEM);
  }

  /**
   * Asks from which countries a project is downloaded; their labels are their names.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByCountry(String project) {
    return downloadsByCountry(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsByCountry(String)}. */
  public static DownloadShares downloadsByCountry(ProjectName project) {
    return new DownloadShares(scope(project), Breakdown.COUNTRY);
  }

  /**
   * Asks by which installers, as {@code pip}, a project is downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByInstaller(String project) {
    return downloadsByInstaller(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsByInstaller(String)}. */
  public static DownloadShares downloadsByInstaller(ProjectName project) {
    return new DownloadShares(scope(project), Breakdown.INSTALLER);
  }

  /**
   * Asks which kinds of file, as {@code bdist_wheel}, of a project are downloaded.
   *
   * @param project the project's name, in any spelling
   */
  public static DownloadShares downloadsByFileType(String project) {
    return downloadsByFileType(ProjectName.of(project));
  }

  /** Asks the same as {@link #downloadsByFileType(String)}. */
  public static DownloadShares downloadsByFileType(ProjectName project) {
    return new DownloadShares(scope(project), Breakdown.FILE_TYPE);
  }

  /**
   * Asks which kinds of file each installer downloads of a project.
   *
   * @param project the project's name, in any spelling
   */
  public static FileTypesByInstaller fileTypesByInstaller(String project) {
    return fileTypesByInstaller(ProjectName.of(project));
  }

  /** Asks the same as {@link #fileTypesByInstaller(String)}. */
  public static FileTypesByInstaller fileTypesByInstaller(ProjectName project) {
    return new FileTypesByInstaller(scope(project));
  }

  /**
   * Asks how often a project was downloaded in the last day, week and month and in all, each beside
   * as many days before; empty if it never was.
   *
   * @param project the project's name, in any spelling
   */
  public static ProjectSummary summary(String project) {
    return summary(ProjectName.of(project));
  }

  /** Asks the same as {@link #summary(String)}. */
  public static ProjectSummary summary(ProjectName project) {
    return new ProjectSummary(scope(project));
  }

  /**
   * Asks how a version was taken up: its downloads beside those of the project, on each of its
   * first 30 days.
   *
   * @param project the project's name, in any spelling
   * @param version as the files' names say it, for example {@code 2.2.3}
   */
  public static VersionAdoption versionAdoption(String project, String version) {
    return versionAdoption(ProjectName.of(project), version);
  }

  /** Asks the same as {@link #versionAdoption(String, String)}. */
  public static VersionAdoption versionAdoption(ProjectName project, String version) {
    return new VersionAdoption(scope(project), version);
  }

  /**
   * Asks how often each of some projects was downloaded, most downloaded first, and its part of all
   * their downloads; {@link DownloadShares#overTime()} asks the same over time. A project without
   * downloads has no row.
   *
   * @param project the name of a project, in any spelling
   * @param more the names of others
   */
  public static DownloadShares compare(String project, String... more) {
    return compare(
        Stream.concat(Stream.of(project), Stream.of(more)).map(ProjectName::of).toList());
  }

  /**
   * Asks the same as {@link #compare(String, String...)}.
   *
   * @throws IllegalArgumentException if there are no projects
   */
  public static DownloadShares compare(Collection<ProjectName> projects) {
    List<String> names = projects.stream().map(ProjectName::value).distinct().toList();
    Scope scope = Scope.ofEverything().where(new Condition.AnyOf(Dimension.PROJECT, names));
    return new DownloadShares(scope, Breakdown.PROJECT).top(names.size());
  }

  /** Asks how often anything was downloaded, and how many projects that was. */
  public static AllDownloads allDownloads() {
    return AllDownloads.query();
  }

  /** Asks for the most downloaded projects, most downloaded first. */
  public static TopProjects topProjects() {
    return TopProjects.query();
  }

  /**
   * Asks where a project stands among all projects, by its downloads; empty if it has none.
   *
   * @param project the project's name, in any spelling
   */
  public static ProjectRanking rank(String project) {
    return rank(ProjectName.of(project));
  }

  /** Asks the same as {@link #rank(String)}. */
  public static ProjectRanking rank(ProjectName project) {
    return ProjectRanking.of(project);
  }

  /** Asks how many downloads each medal takes: to be among the first 1, 10 or 25 percent. */
  public static MedalThresholds medalThresholds() {
    return MedalThresholds.query();
  }

  /** Asks how the downloads are spread over all projects. */
  public static DownloadQuantiles downloadQuantiles() {
    return DownloadQuantiles.query();
  }

  /** Asks for the most downloaded of the projects that are new. */
  public static EmergingProjects emergingProjects() {
    return EmergingProjects.query();
  }

  /** Asks for the projects that grew fastest from one month to the next. */
  public static HotProjects hotProjects() {
    return HotProjects.query();
  }

  /** Asks for the most downloaded of the projects that have had no release for long. */
  public static LongUnreleasedProjects longUnreleasedProjects() {
    return LongUnreleasedProjects.query();
  }

  /**
   * Asks how many versions of some projects were released in each of the last months.
   *
   * @param project the name of a project, in any spelling
   * @param more the names of others
   */
  public static RecentReleases recentReleases(String project, String... more) {
    return RecentReleases.of(
        Stream.concat(Stream.of(project), Stream.of(more)).map(ProjectName::of).toList());
  }

  /**
   * Asks how many versions of the most downloaded projects were released in each of the last
   * months.
   *
   * @param count how many projects; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public static RecentReleases recentReleasesOfTopProjects(int count) {
    return RecentReleases.ofTopProjects(count);
  }

  /**
   * Asks for the projects whose names begin with a text: the one of exactly that name first, then
   * the most downloaded.
   *
   * @param text how the names begin, in any spelling; no character has a special meaning
   */
  public static ProjectSearch search(String text) {
    return ProjectSearch.of(text);
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

  private static Scope scope(ProjectName project) {
    return Scope.ofEverything().where(new Condition.Equal(Dimension.PROJECT, project.value()));
  }
}
