package io.clickpy.examples.sample;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The kind of a distribution file, with its share of the downloads of 30 days of 2026, in
 * millionths.
 */
enum FileType {
  WHEEL("bdist_wheel", 991_945),
  SDIST("sdist", 8_049),
  EGG("bdist_egg", 4.5),
  WININST("bdist_wininst", 0.8),
  DUMB("bdist_dumb", 0.02),
  MSI("bdist_msi", 0.02),
  RPM("bdist_rpm", 0.01),
  /** A file that PyPI's log could not name. */
  UNKNOWN(null, 10);

  static final AliasTable<FileType> TABLE = AliasTable.of(List.of(values()), type -> type.share);

  private final @Nullable String label;
  private final double share;

  FileType(@Nullable String label, double share) {
    this.label = label;
    this.share = share;
  }

  /** The name in the data, null if unknown. */
  @Nullable String label() {
    return label;
  }

  /** The name of a file of this type, as PyPI's tools build it. */
  String filename(String project, String version, String wheelTag) {
    String stem = project.replace('-', '_') + "-" + version;
    return switch (this) {
      case WHEEL -> stem + "-" + wheelTag + ".whl";
      case SDIST, UNKNOWN -> stem + ".tar.gz";
      case EGG -> stem + "-py3.7.egg";
      case WININST -> stem + ".win-amd64.exe";
      case DUMB -> stem + ".linux-x86_64.tar.gz";
      case MSI -> stem + ".win-amd64.msi";
      case RPM -> stem + "-1.noarch.rpm";
    };
  }
}
