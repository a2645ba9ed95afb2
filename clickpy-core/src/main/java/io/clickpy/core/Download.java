package io.clickpy.core;

import java.time.LocalDate;
import java.util.Objects;

/**
 * One download, as the raw table keeps it.
 *
 * <p>What is unknown is the empty text. {@link #of} makes one of which only the file is known, to
 * be completed:
 *
 * <pre>{@code
 * Download download =
 *     Download.of(LocalDate.of(2024, 8, 12), "pandas", "2.2.2")
 *         .withFileType("bdist_wheel")
 *         .withInstaller("pip")
 *         .withPython("3.12.4")
 *         .withSystem("Linux")
 *         .withCountry("DE");
 * }</pre>
 *
 * @param date the day in UTC, from 1970-01-01 to 2149-06-06
 * @param project the project
 * @param version the version of the file, as its name says it
 * @param fileType the kind of file, as {@code bdist_wheel} or {@code sdist}
 * @param installer the program that asked, as {@code pip}
 * @param python the version of Python that it ran on; only the first two parts are kept, as {@code
 *     3.12}
 * @param system the operating system, as {@code Linux}
 * @param country the ISO 3166 code of the country
 */
public record Download(
    LocalDate date,
    ProjectName project,
    String version,
    String fileType,
    String installer,
    String python,
    String system,
    String country) {
  private static final LocalDate OLDEST = LocalDate.EPOCH;

  /** The last day that a {@code Date} of ClickHouse can be. */
  private static final LocalDate NEWEST = OLDEST.plusDays((1 << 16) - 1);

  /**
   * Checks the date and the project, and shortens the version of Python.
   *
   * @throws IllegalArgumentException if ClickHouse has no such day, or the project is empty
   */
  public Download {
    Objects.requireNonNull(project, "project");
    Objects.requireNonNull(version, "version");
    Objects.requireNonNull(fileType, "fileType");
    Objects.requireNonNull(installer, "installer");
    Objects.requireNonNull(system, "system");
    Objects.requireNonNull(country, "country");
    if (date.isBefore(OLDEST) || date.isAfter(NEWEST)) {
      throw new IllegalArgumentException(
          "Invalid date: %s (must be from %s to %s)".formatted(date, OLDEST, NEWEST));
    }
    if (project.value().isEmpty()) {
      throw new IllegalArgumentException("Invalid project: (empty)");
    }
    python = firstTwoParts(python);
  }

  /**
   * Returns a download of which only the file is known.
   *
   * @param date the day in UTC
   * @param project the project, in any spelling of PEP 503
   * @param version the version of the file
   * @throws IllegalArgumentException if ClickHouse has no such day, or the project is empty
   */
  public static Download of(LocalDate date, String project, String version) {
    return new Download(date, ProjectName.of(project), version, "", "", "", "", "");
  }

  /** Returns this download of another kind of file. */
  public Download withFileType(String value) {
    return new Download(date, project, version, value, installer, python, system, country);
  }

  /** Returns this download by another installer. */
  public Download withInstaller(String value) {
    return new Download(date, project, version, fileType, value, python, system, country);
  }

  /** Returns this download for another version of Python, as {@code 3.12} or {@code 3.12.4}. */
  public Download withPython(String value) {
    return new Download(date, project, version, fileType, installer, value, system, country);
  }

  /** Returns this download on another operating system. */
  public Download withSystem(String value) {
    return new Download(date, project, version, fileType, installer, python, value, country);
  }

  /** Returns this download from another country. */
  public Download withCountry(String value) {
    return new Download(date, project, version, fileType, installer, python, system, value);
  }

  private static String firstTwoParts(String python) {
    int second = python.indexOf('.', python.indexOf('.') + 1);
    return second < 0 ? python : python.substring(0, second);
  }
}
