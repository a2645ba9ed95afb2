package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Every question of {@link PypiStats} that the planner finds a table for, by its method. */
final class EntryPoints {
  private EntryPoints() {}

  /** Returns the questions about a project. */
  static Map<String, ProjectQuery<?, ?>> ofProject(String project) {
    Map<String, ProjectQuery<?, ?>> questions = new LinkedHashMap<>();
    questions.put("totalDownloads", PypiStats.totalDownloads(project));
    questions.put("firstAndLastDownload", PypiStats.firstAndLastDownload(project));
    questions.put("summary", PypiStats.summary(project));
    questions.put("downloadsPerDay", PypiStats.downloadsPerDay(project));
    questions.put("downloadsPerMonth", PypiStats.downloadsPerMonth(project));
    questions.put("downloadsOverTime", PypiStats.downloadsOverTime(project));
    questions.put("topVersions", PypiStats.topVersions(project));
    questions.put("downloadsByVersion", PypiStats.downloadsByVersion(project));
    questions.put("downloadsByPython", PypiStats.downloadsByPython(project));
    questions.put("downloadsByPythonMajor", PypiStats.downloadsByPythonMajor(project));
    questions.put("downloadsBySystem", PypiStats.downloadsBySystem(project));
    questions.put("downloadsByCountry", PypiStats.downloadsByCountry(project));
    questions.put("downloadsByInstaller", PypiStats.downloadsByInstaller(project));
    questions.put("downloadsByFileType", PypiStats.downloadsByFileType(project));
    questions.put("fileTypesByInstaller", PypiStats.fileTypesByInstaller(project));
    questions.put("compare", PypiStats.compare(project));
    return questions;
  }

  /** Returns the questions about a project that other questions lead to. */
  static List<ProjectQuery<?, ?>> derivedOfProject(String project) {
    return List.of(
        PypiStats.downloadsPerDay(project).fillGaps(),
        PypiStats.downloadsOverTime(project).granularity(Granularity.WEEK).fillGaps(),
        PypiStats.downloadsByCountry(project).overTime(),
        PypiStats.downloadsByPython(project).overTime().fillGaps(),
        PypiStats.fileTypesByInstaller(project).overTime(),
        PypiStats.fileTypesByInstaller(project).overTime().fillGaps(),
        PypiStats.topVersions(project).withOther());
  }

  /** Returns the questions about all projects of some days, and where one project stands. */
  static Map<String, PeriodQuery<?, ?>> ofAllProjects(String project) {
    Map<String, PeriodQuery<?, ?>> questions = new LinkedHashMap<>();
    questions.put("allDownloads", PypiStats.allDownloads());
    questions.put("topProjects", PypiStats.topProjects());
    questions.put("rank", PypiStats.rank(project));
    questions.put("medalThresholds", PypiStats.medalThresholds());
    questions.put("downloadQuantiles", PypiStats.downloadQuantiles());
    questions.put("longUnreleasedProjects", PypiStats.longUnreleasedProjects());
    return questions;
  }

  /** Returns the questions that choose their days themselves. */
  static Map<String, FilteredQuery<?, ?>> ofTheirOwnDays(String project, String version) {
    Map<String, FilteredQuery<?, ?>> questions = new LinkedHashMap<>();
    questions.put("versionAdoption", PypiStats.versionAdoption(project, version));
    questions.put("emergingProjects", PypiStats.emergingProjects());
    questions.put("hotProjects", PypiStats.hotProjects().minimum(10));
    return questions;
  }

  /** Returns every question, once or more. */
  static List<PlannedQuery<?, ?>> all(String project, String version) {
    List<PlannedQuery<?, ?>> all =
        Stream.of(
                ofProject(project).values(),
                derivedOfProject(project),
                ofAllProjects(project).values(),
                ofTheirOwnDays(project, version).values(),
                List.of(PypiStats.search(project)))
            .<PlannedQuery<?, ?>>flatMap(questions -> questions.stream())
            .toList();
    assertThat(Stream.of(PypiStats.class.getMethods()))
        .filteredOn(method -> PlannedQuery.class.isAssignableFrom(method.getReturnType()))
        .extracting(Method::getName)
        .allMatch(name -> isKnown(name, project, version));
    return all;
  }

  private static boolean isKnown(String method, String project, String version) {
    return ofProject(project).containsKey(method)
        || ofAllProjects(project).containsKey(method)
        || ofTheirOwnDays(project, version).containsKey(method)
        || method.equals("search");
  }
}
