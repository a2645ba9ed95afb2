package io.clickpy.ingest.internal;

import io.clickpy.ingest.internal.publication.Attempt;
import io.clickpy.ingest.internal.publication.LoadUnit;
import io.clickpy.ingest.internal.publication.StagedFile;
import java.util.List;

/**
 * Files that are staged together, sealed and checked.
 *
 * @param attempt the try
 * @param files what is staged
 */
record StagedBatch(Attempt attempt, List<StagedFile> files) {
  StagedBatch {
    files = List.copyOf(files);
  }

  List<LoadUnit> units() {
    return files.stream().map(StagedFile::unit).toList();
  }
}
