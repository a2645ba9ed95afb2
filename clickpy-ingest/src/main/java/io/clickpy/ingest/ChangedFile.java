package io.clickpy.ingest;

/** What to do with a file that was loaded before with another content. */
public enum ChangedFile {
  /** It fails; what is in the tables stays. */
  REFUSE,
  /**
   * Its downloads take the place of those that it brought before, in every table, as by a {@link
   * DayRepair}. In the tables nobody can tell one file's downloads from another's, so that works
   * only if the old content is all that the tables have of its days, and the new one has downloads
   * of these days and of no others; else it fails, and the reason says which days are in the way.
   */
  REPLACE
}
