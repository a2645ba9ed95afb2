package io.clickpy.ingest.internal.parquet;

/** What the pages of all columns that are being read may take together. For one thread. */
final class MemoryBudget {
  private final long total;
  private long used;

  MemoryBudget(long total) {
    this.total = total;
  }

  /**
   * Takes so many bytes out of the budget, before they are allocated.
   *
   * @throws DamagedColumnException if it has not that many left
   */
  void reserve(long bytes) throws DamagedColumnException {
    if (bytes > total - used) {
      throw new DamagedColumnException(
          "%s bytes of pages at once, at most %s can be unpacked here; StagingMode.PUSH_PARQUET lets the server do it"
              .formatted(used + bytes, total));
    }
    used += bytes;
  }

  void release(long bytes) {
    used -= bytes;
  }
}
