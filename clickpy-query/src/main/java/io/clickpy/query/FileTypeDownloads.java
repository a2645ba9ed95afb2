package io.clickpy.query;

import java.util.Objects;

/**
 * The downloads of one kind of file by one installer.
 *
 * @param installer the installer
 * @param fileType the kind of file, as {@code bdist_wheel}
 * @param count the downloads
 * @param fraction their part of all downloads asked for, from 0 to 1
 */
public record FileTypeDownloads(Category installer, String fileType, long count, double fraction) {

  /** Checks that nothing is missing. */
  public FileTypeDownloads {
    Objects.requireNonNull(installer, "installer");
    Objects.requireNonNull(fileType, "fileType");
  }
}
