package io.clickpy.core.schema;

import static io.clickpy.core.schema.Dimension.COUNTRY_CODE;
import static io.clickpy.core.schema.Dimension.DATE;
import static io.clickpy.core.schema.Dimension.INSTALLER;
import static io.clickpy.core.schema.Dimension.MONTH;
import static io.clickpy.core.schema.Dimension.PROJECT;
import static io.clickpy.core.schema.Dimension.PYTHON_MINOR;
import static io.clickpy.core.schema.Dimension.SYSTEM;
import static io.clickpy.core.schema.Dimension.TYPE;
import static io.clickpy.core.schema.Dimension.VERSION;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Everything that the database holds, under ClickPy's names.
 *
 * <p>Immutable and thread-safe. A prefix gives every name a beginning of its own, for example so
 * that a load can keep private copies of all tables, or two schemas share a database.
 *
 * <pre>{@code
 * PypiSchema schema = PypiSchema.ofDefaults();
 * Rollup perDay = schema.rollup("pypi_downloads_per_day");
 * String sql = "INSERT INTO " + perDay.name() + " " + perDay.selectFrom(schema.downloads());
 * }</pre>
 */
public final class PypiSchema {
  private static final PypiSchema DEFAULT = new PypiSchema("", Maker.US);
  private static final PypiSchema CLICKPY = new PypiSchema("", Maker.CLICKPY);
  private static final String PER_MONTH = "pypi_downloads_per_month";

  /** Leaves room for the longest name behind it. */
  private static final int LONGEST_PREFIX =
      Identifier.LONGEST
          - DEFAULT.tables().stream().mapToInt(table -> table.name().length()).max().orElseThrow();

  private final String prefix;
  private final Maker maker;
  private final DownloadsTable downloads;
  private final Map<String, Rollup> rollups = new LinkedHashMap<>();
  private final ReferenceTable projects;
  private final ReferenceTable countries;
  private final List<Dictionary> dictionaries;

  /** Who made the tables. */
  private enum Maker {
    US,
    CLICKPY
  }

  private PypiSchema(String prefix, Maker maker) {
    this.prefix = prefix;
    this.maker = maker;
    downloads =
        switch (maker) {
          case US -> new DownloadsTable(prefix + "pypi");
          case CLICKPY ->
              new DownloadsTable(
                  prefix + "pypi",
                  Stream.of(PROJECT, DATE, VERSION, COUNTRY_CODE, PYTHON_MINOR, SYSTEM)
                      .map(Dimension::column)
                      .toList());
        };
    declareRollups();
    projects = ReferenceData.projects(prefix);
    countries = ReferenceData.countries(prefix);
    dictionaries = ReferenceData.dictionaries(prefix, countries, projects);
  }

  /** Returns the schema under ClickPy's own names. */
  public static PypiSchema ofDefaults() {
    return DEFAULT;
  }

  /**
   * Returns the schema with a prefix before every name.
   *
   * @param prefix a letter or underscore, then at most 62 letters, digits or underscores
   * @throws IllegalArgumentException if it has another form
   */
  public static PypiSchema withPrefix(String prefix) {
    return new PypiSchema(Identifier.check("table prefix", prefix, LONGEST_PREFIX), Maker.US);
  }

  /**
   * Returns the tables that ClickPy's own service has made, as its public server shows them, with
   * their defects: its rollup by installer cannot tell the kind of file, because its sort key lacks
   * it and rows of several kinds were merged into one; its monthly rollup began with the last six
   * months before it was made. It is for asking; the tables are ClickPy's to make.
   */
  public static PypiSchema ofClickPy() {
    return CLICKPY;
  }

  /** Fine to coarse: each after the table it is derived from. */
  private void declareRollups() {
    String byVersion = "per_day_by_version";
    // Only these three need the raw rows.
    Rollup byInstallerByTypeByCountry =
        count(
            byVersion + "_by_installer_by_type_by_country",
            downloads,
            "Installers and kinds of file in a country.",
            List.of(PROJECT, VERSION, DATE, COUNTRY_CODE, INSTALLER, TYPE));
    Rollup byPythonByCountry =
        count(
            byVersion + "_by_python_by_country",
            downloads,
            "Versions of Python in a country.",
            List.of(PROJECT, VERSION, DATE, COUNTRY_CODE, PYTHON_MINOR));
    Rollup bySystemByCountry =
        count(
            byVersion + "_by_system_by_country",
            downloads,
            "Operating systems in a country.",
            List.of(PROJECT, VERSION, DATE, COUNTRY_CODE, SYSTEM));

    Rollup byInstallerByType =
        count(
            byVersion + "_by_installer_by_type",
            byInstallerByTypeByCountry,
            "Installers and kinds of file of versions.",
            switch (maker) {
              case US -> List.of(PROJECT, VERSION, DATE, INSTALLER, TYPE);
              case CLICKPY -> List.of(PROJECT, VERSION, DATE, INSTALLER);
            });
    Rollup byCountry =
        count(
            byVersion + "_by_country",
            bySystemByCountry,
            "Countries of versions.",
            List.of(PROJECT, VERSION, DATE, COUNTRY_CODE));
    Rollup byPython =
        count(
            byVersion + "_by_python",
            byPythonByCountry,
            "Versions of Python that versions are for.",
            List.of(PROJECT, VERSION, DATE, PYTHON_MINOR));
    Rollup bySystem =
        count(
            byVersion + "_by_system",
            bySystemByCountry,
            "Operating systems of versions.",
            List.of(PROJECT, VERSION, DATE, SYSTEM));
    Rollup byFileType =
        count(
            byVersion + "_by_file_type",
            byInstallerByType,
            "Kinds of file of versions.",
            List.of(PROJECT, VERSION, DATE, TYPE));

    Rollup perDayByVersion =
        count(byVersion, byFileType, "Versions over time.", List.of(PROJECT, VERSION, DATE));
    Rollup perDay =
        count("per_day", perDayByVersion, "A project over time.", List.of(PROJECT, DATE));
    if (maker == Maker.US) {
      declareWithoutVersion(byInstallerByType, byCountry, byPython, bySystem, perDay);
    }
    count("per_month", perDay, "All projects of a month.", List.of(MONTH, PROJECT));
    Rollup versions =
        count("by_version", perDayByVersion, "Versions, of all time.", List.of(PROJECT, VERSION));
    declare("pypi_downloads", versions, "Projects, of all time.", List.of(PROJECT), Measure.COUNT);
    declare(
        "pypi_downloads_max_min",
        perDay,
        "The first and the last day of a project.",
        List.of(PROJECT),
        Measure.DATE_RANGE);
  }

  /**
   * What ClickPy does not have: a project's page asks for all its versions together, and every
   * question about the newest days asks which these are.
   */
  private void declareWithoutVersion(
      Rollup byInstallerByType, Rollup byCountry, Rollup byPython, Rollup bySystem, Rollup perDay) {
    count(
        "per_day_by_installer_by_type",
        byInstallerByType,
        "Installers and kinds of file.",
        List.of(PROJECT, DATE, INSTALLER, TYPE));
    count("per_day_by_country", byCountry, "Countries.", List.of(PROJECT, DATE, COUNTRY_CODE));
    count(
        "per_day_by_python", byPython, "Versions of Python.", List.of(PROJECT, DATE, PYTHON_MINOR));
    count("per_day_by_system", bySystem, "Operating systems.", List.of(PROJECT, DATE, SYSTEM));
    count("overall_per_day", perDay, "All projects together, over time.", List.of(DATE));
  }

  private Rollup count(String name, Table source, String description, List<Dimension> dimensions) {
    return declare("pypi_downloads_" + name, source, description, dimensions, Measure.COUNT);
  }

  private Rollup declare(
      String name, Table source, String description, List<Dimension> dimensions, Measure measure) {
    // Nobody derives ClickPy's tables from one another.
    Table origin = maker == Maker.US ? source : downloads;
    Rollup rollup = new Rollup(prefix + name, dimensions, measure, origin, description);
    rollups.put(name, rollup);
    return rollup;
  }

  /**
   * Returns SQL that brings the name of a project into the normal form of PEP 503, under which
   * downloads are stored. Of the column {@code name} of {@link #projects()} there is an index by
   * it.
   *
   * @param name an expression of our own, as {@code name}
   */
  public static String normalName(String name) {
    return ReferenceData.NORMAL_NAME.formatted(name);
  }

  /** Returns what stands before every name; empty for ClickPy's own names. */
  public String prefix() {
    return prefix;
  }

  /** Returns the raw table. */
  public DownloadsTable downloads() {
    return downloads;
  }

  /** Returns the rollups, fine to coarse: each comes after the table it is derived from. */
  public List<Rollup> rollups() {
    return List.copyOf(rollups.values());
  }

  /**
   * Returns a rollup.
   *
   * @param name ClickPy's name, without the prefix
   * @throws IllegalArgumentException if there is none of that name
   */
  public Rollup rollup(String name) {
    Rollup rollup = rollups.get(name);
    if (rollup == null) {
      throw new IllegalArgumentException(
          "Invalid rollup: '%s' (must be one of %s)"
              .formatted(name, String.join(", ", rollups.keySet())));
    }
    return rollup;
  }

  /**
   * Returns the rollups that do not hold all downloads of the raw table, so that no number can be
   * told from them; none but ClickPy's own monthly one.
   */
  public List<Rollup> incomplete() {
    return maker == Maker.US ? List.of() : List.of(rollup(PER_MONTH));
  }

  /** Returns the metadata of all files on PyPI. */
  public ReferenceTable projects() {
    return projects;
  }

  /** Returns the names of the country codes. */
  public ReferenceTable countries() {
    return countries;
  }

  /** Returns all tables: raw, rollups, reference tables. */
  public List<Table> tables() {
    List<Table> tables = new ArrayList<>();
    tables.add(downloads);
    tables.addAll(rollups.values());
    tables.add(projects);
    tables.add(countries);
    return Collections.unmodifiableList(tables);
  }

  /** Returns the dictionaries. */
  public List<Dictionary> dictionaries() {
    return dictionaries;
  }

  /**
   * Returns a dictionary.
   *
   * @param name ClickPy's name, without the prefix
   * @throws IllegalArgumentException if there is none of that name
   */
  public Dictionary dictionary(String name) {
    return dictionaries.stream()
        .filter(dictionary -> dictionary.name().equals(prefix + name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("Invalid dictionary: '%s'".formatted(name)));
  }

  /** Returns the names of all tables, views and dictionaries. */
  public List<String> names() {
    return Stream.of(
            tables().stream().map(Table::name),
            rollups.values().stream().map(Rollup::viewName),
            dictionaries.stream().map(Dictionary::name))
        .flatMap(names -> names)
        .toList();
  }

  @Override
  public String toString() {
    return maker == Maker.US ? "PypiSchema[prefix=" + prefix + "]" : "PypiSchema[ClickPy's own]";
  }
}
