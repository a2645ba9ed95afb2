package io.clickpy.benchmarks.peers;

import io.clickpy.core.Download;
import java.time.LocalDate;

/** A row of the raw table as client-v2 wants it: it cannot insert records. */
public final class PypiRow {
  private final Download download;

  /** A row of a download. */
  public PypiRow(Download download) {
    this.download = download;
  }

  /** Column {@code date}. */
  public LocalDate getDate() {
    return download.date();
  }

  /** Column {@code country_code}. */
  public String getCountryCode() {
    return download.country();
  }

  /** Column {@code project}. */
  public String getProject() {
    return download.project().value();
  }

  /** Column {@code type}. */
  public String getType() {
    return download.fileType();
  }

  /** Column {@code installer}. */
  public String getInstaller() {
    return download.installer();
  }

  /** Column {@code python_minor}. */
  public String getPythonMinor() {
    return download.python();
  }

  /** Column {@code system}. */
  public String getSystem() {
    return download.system();
  }

  /** Column {@code version}. */
  public String getVersion() {
    return download.version();
  }
}
