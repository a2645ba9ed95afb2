package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of one kind of file by one installer.
 *
 * @param installer the installer
 * @param fileType the kind of file, as {@code bdist_wheel}
 * @param count the downloads
 */
public record FileTypeDownloads(Category installer, String fileType, long count) {

  /** Checks that nothing is missing. */
  public FileTypeDownloads {
    Objects.requireNonNull(installer, "installer");
    Objects.requireNonNull(fileType, "fileType");
  }
}
