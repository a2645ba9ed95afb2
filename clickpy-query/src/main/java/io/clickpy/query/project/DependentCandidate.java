package io.clickpy.query.project;

import io.clickpy.core.ProjectName;
import io.clickpy.core.Row;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A project of which some release requires the project asked for, perhaps not the latest.
 *
 * @param project the project
 * @param releases by their versions, as the files say them, the requirements that name the project
 *     asked for; none for a release that does not
 * @param downloads how often it was downloaded
 */
public record DependentCandidate(
    ProjectName project, Map<String, List<String>> releases, long downloads) {

  /** Copies the map. */
  public DependentCandidate {
    Objects.requireNonNull(project, "project");
    releases = Collections.unmodifiableMap(new LinkedHashMap<>(releases));
  }

  /** Reads {@code dependent, versions, lengths, requirements, downloads}. */
  static DependentCandidate read(Row row) {
    List<String> versions = row.strings("versions");
    List<Long> lengths = row.longs("lengths");
    List<String> requirements = row.strings("requirements");
    Map<String, List<String>> releases = new LinkedHashMap<>();
    int next = 0;
    for (int i = 0; i < versions.size(); i++) {
      int end = next + lengths.get(i).intValue();
      releases.put(versions.get(i), List.copyOf(requirements.subList(next, end)));
      next = end;
    }
    return new DependentCandidate(
        ProjectName.of(row.string("dependent")), releases, row.longValue("downloads"));
  }
}
