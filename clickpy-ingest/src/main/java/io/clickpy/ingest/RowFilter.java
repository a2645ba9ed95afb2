package io.clickpy.ingest;

/** Which downloads of a file a load takes. */
public enum RowFilter {
  /** All of them: what the numbers of ClickPy's public service count. */
  NONE,
  /**
   * Only those of which both Python's version and the operating system are known, as the bulk
   * insert in ClickPy's README has it. It leaves out most mirrors, and every installer that does
   * not tell. What is left out counts as {@link RejectReason#UNKNOWN_PYTHON_OR_SYSTEM}.
   */
  KNOWN_PYTHON_AND_SYSTEM
}
