package io.clickpy.examples.sample;

import java.nio.file.Path;
import java.util.List;

/**
 * What was written.
 *
 * @param files in order of time
 * @param rows of all files together
 * @param bytes of all files together
 */
public record SampleReport(List<Path> files, long rows, long bytes) {
  /** Takes a copy of the list. */
  public SampleReport {
    files = List.copyOf(files);
  }
}
