package io.clickpy.ingest.internal;

import java.util.List;

/** What a download is made of, and the columns that may hold it, the best first. */
enum Field {
  TIMESTAMP(Need.REQUIRED, "timestamp"),
  COUNTRY_CODE(Need.OPTIONAL, "country_code"),
  PROJECT(Need.REQUIRED, "project", "file.project"),
  /** Without the version it is another table: simple_requests has all the rest. */
  VERSION(Need.REQUIRED, "file.version"),
  TYPE(Need.OPTIONAL, "file.type"),
  INSTALLER(Need.OPTIONAL, "installer.name", "details.installer.name"),
  PYTHON(Need.OPTIONAL, "python", "details.python"),
  SYSTEM(Need.OPTIONAL, "system.name", "details.system.name");

  private final Need need;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable.
  private final List<String> names;

  Field(Need need, String... names) {
    this.need = need;
    this.names = List.of(names);
  }

  /** Returns whether a file without it is no file of downloads. */
  boolean isRequired() {
    return need == Need.REQUIRED;
  }

  /** Returns the names of columns that may hold it, groups and columns divided by dots. */
  List<String> names() {
    return names;
  }

  private enum Need {
    REQUIRED,
    OPTIONAL
  }
}
