package io.clickpy.core.schema;

/** What a download can be told apart by. */
public enum Dimension {
  /** The project, by its name in PEP 503 normal form. */
  PROJECT("project", "String", "project, in PEP 503 normal form"),
  /** The day in UTC. */
  DATE("date", "Date", "day in UTC"),
  /** The first day of the month, in UTC. */
  MONTH("month", "Date", "first day of the month in UTC"),
  /** The version of the file, as its name says it. */
  VERSION("version", "String", "version of the file"),
  /** The ISO 3166 code of the country; empty if unknown. */
  COUNTRY_CODE("country_code", "LowCardinality(String)", "ISO 3166 code; empty if unknown"),
  /** The kind of file, as {@code bdist_wheel}. */
  TYPE("type", "LowCardinality(String)", "kind of file, as bdist_wheel or sdist"),
  /** The program that asked for the file, as {@code pip}; empty if unknown. */
  INSTALLER("installer", "LowCardinality(String)", "program that asked; empty if unknown"),
  /** The minor version of Python, as {@code 3.12}; empty if unknown. */
  PYTHON_MINOR("python_minor", "LowCardinality(String)", "as 3.12; empty if unknown"),
  /** The operating system, as {@code Linux}; empty if unknown. */
  SYSTEM("system", "LowCardinality(String)", "operating system; empty if unknown");

  private final Column column;

  Dimension(String name, String type, String description) {
    this.column = new Column(name, type, description);
  }

  /** Returns the name of the column that holds it. */
  public String column() {
    return column.name();
  }

  /** Returns the ClickHouse type of that column. */
  public String type() {
    return column.type();
  }

  /** Returns the column as a table declares it. */
  public Column declaration() {
    return column;
  }

  /** Returns the expression over the columns of the raw table, for example of {@link #MONTH}. */
  public String expression() {
    return this == MONTH ? "toStartOfMonth(" + DATE.column() + ")" : column();
  }
}
