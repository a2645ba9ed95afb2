package io.clickpy.ingest;

/** What a download is made of, as far as the tables keep it. */
public enum DownloadField {
  /** When it was; required. A {@code TIMESTAMP} in any unit, or a {@code DATE}. */
  TIMESTAMP,
  /** From which country, by ISO 3166 code. */
  COUNTRY_CODE,
  /** Of which project, in any spelling; required. */
  PROJECT,
  /** Of which version of the project; required, though it may be NULL. */
  VERSION,
  /** Which kind of file, as {@code sdist} or {@code bdist_wheel}. */
  TYPE,
  /** By which installer, as {@code pip}. */
  INSTALLER,
  /** By which version of Python, as {@code 3.12.1}; the first two parts are kept. */
  PYTHON,
  /** On which operating system, as {@code Linux}. */
  SYSTEM;

  /** Returns whether a file without it is no file of downloads. */
  public boolean isRequired() {
    return switch (this) {
      // Without the version it is another table: simple_requests has all the rest.
      case TIMESTAMP, PROJECT, VERSION -> true;
      case COUNTRY_CODE, TYPE, INSTALLER, PYTHON, SYSTEM -> false;
    };
  }
}
