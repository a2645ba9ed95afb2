package io.clickpy.ingest;

import com.google.errorprone.annotations.CheckReturnValue;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Which columns of a file hold what a download is made of.
 *
 * <p>The default fits BigQuery's {@code file_downloads} and ClickPy's export of it. Other files
 * need other names; this one is an export of ClickPy's own table {@code pypi}:
 *
 * <pre>{@code
 * DownloadColumns columns = DownloadColumns.ofDefaults()
 *     .with(DownloadField.TIMESTAMP, "date")
 *     .with(DownloadField.VERSION, "version")
 *     .with(DownloadField.TYPE, "type")
 *     .with(DownloadField.INSTALLER, "installer")
 *     .with(DownloadField.PYTHON, "python_minor")
 *     .with(DownloadField.SYSTEM, "system");
 * ParquetLoader loader = ParquetLoader.into(clickpy).columns(columns);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class DownloadColumns {
  private static final DownloadColumns DEFAULTS =
      new DownloadColumns(
          Map.of(
              DownloadField.TIMESTAMP, List.of("timestamp"),
              DownloadField.COUNTRY_CODE, List.of("country_code"),
              DownloadField.PROJECT, List.of("project", "file.project"),
              DownloadField.VERSION, List.of("file.version"),
              DownloadField.TYPE, List.of("file.type"),
              DownloadField.INSTALLER, List.of("installer.name", "details.installer.name"),
              DownloadField.PYTHON, List.of("python", "details.python"),
              DownloadField.SYSTEM, List.of("system.name", "details.system.name")),
          EnumSet.noneOf(DownloadField.class));

  private final Map<DownloadField, List<String>> names;
  private final Set<DownloadField> chosen;

  private DownloadColumns(Map<DownloadField, List<String>> names, Set<DownloadField> chosen) {
    this.names = names;
    this.chosen = chosen;
  }

  /** Returns the columns of BigQuery's {@code file_downloads} and of ClickPy's export of it. */
  public static DownloadColumns ofDefaults() {
    return DEFAULTS;
  }

  /**
   * Returns these columns with another one for a field. A file that lacks it is refused, also if
   * the field is not required.
   *
   * @param column the column's name, and before it those of the groups around it, divided by dots
   * @throws IllegalArgumentException if the name is empty
   */
  public DownloadColumns with(DownloadField field, String column) {
    Objects.requireNonNull(field, "field");
    if (column.isEmpty()) {
      throw new IllegalArgumentException("Invalid column for %s: (empty).".formatted(field));
    }
    Map<DownloadField, List<String>> more = new EnumMap<>(names);
    more.put(field, List.of(column));
    Set<DownloadField> all = EnumSet.of(field);
    all.addAll(chosen);
    return new DownloadColumns(more, all);
  }

  /** Returns the names of the columns that may hold a field, the best first. */
  public List<String> names(DownloadField field) {
    return names.getOrDefault(Objects.requireNonNull(field, "field"), List.of());
  }

  /** Returns whether a file that has none of {@link #names} is refused. */
  public boolean requires(DownloadField field) {
    return field.isRequired() || chosen.contains(field);
  }

  @Override
  public String toString() {
    return "DownloadColumns" + new EnumMap<>(names);
  }
}
