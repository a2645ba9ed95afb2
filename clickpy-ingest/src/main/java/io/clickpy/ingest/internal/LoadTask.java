package io.clickpy.ingest.internal;

import io.clickpy.ingest.internal.publication.LoadUnit;
import io.clickpy.ingest.source.SourceFile;

/**
 * A file that a load was asked for.
 *
 * @param index its place among the files of the load
 * @param file the file
 * @param unit what the ledger knows it as
 */
record LoadTask(int index, SourceFile file, LoadUnit unit) {
  static LoadTask of(int index, SourceFile file) {
    return new LoadTask(index, file, LoadUnit.of(file));
  }
}
