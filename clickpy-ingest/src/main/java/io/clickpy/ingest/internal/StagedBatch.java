package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.LoadUnit;
import io.clickpy.ingest.internal.publication.StagedFile;
import java.util.List;
import java.util.Map;

/**
 * Files that are staged together, sealed and checked.
 *
 * @param attempt the try
 * @param files what is staged; if there is none, nothing is
 * @param failures why the others are not
 */
record StagedBatch(
    Attempt attempt, Map<LoadTask, StagedFile> files, Map<LoadTask, ClickPyException> failures) {
  List<LoadUnit> units() {
    return files.values().stream().map(StagedFile::unit).toList();
  }

  List<LoadTask> tasks() {
    return List.copyOf(files.keySet());
  }
}
