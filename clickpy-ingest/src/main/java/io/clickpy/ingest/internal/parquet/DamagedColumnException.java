package io.clickpy.ingest.internal.parquet;

import java.io.IOException;

/** A column's bytes are not what they should be; the message says how. */
final class DamagedColumnException extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedColumnException(String how) {
    super(how);
  }
}
