package io.clickpy.ingest;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** A download as a test writes it into a file; null where the export has NULL. */
public record Download(
    Instant timestamp,
    String country,
    String project,
    String version,
    String type,
    String installer,
    String python,
    String system) {

  public static Download of(String timestamp, String project) {
    return new Download(
        Instant.parse(timestamp), "US", project, "1.0", "bdist_wheel", "pip", "3.12.1", "Linux");
  }

  public Download withProject(String value) {
    return new Download(timestamp, country, value, version, type, installer, python, system);
  }

  public Download withTimestamp(Instant value) {
    return new Download(value, country, project, version, type, installer, python, system);
  }

  /** What the raw table is to hold of it, in the order of its columns: the oracle. */
  public List<String> expectedRow() {
    String[] parts = text(python).split("\\.", -1);
    return List.of(
        LocalDate.ofInstant(timestamp, ZoneOffset.UTC).toString(),
        text(country),
        normal(project),
        text(type),
        text(installer),
        parts.length < 2 ? text(python) : parts[0] + "." + parts[1],
        text(system),
        text(version));
  }

  private static String normal(String name) {
    StringBuilder normal = new StringBuilder();
    boolean inRun = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean separator = c == '-' || c == '_' || c == '.';
      if (!separator) {
        normal.append(c <= 'Z' && c >= 'A' ? String.valueOf(c).toLowerCase(Locale.ROOT) : c);
      } else if (!inRun) {
        normal.append('-');
      }
      inRun = separator;
    }
    return normal.toString();
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
