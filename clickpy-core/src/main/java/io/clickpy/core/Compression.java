package io.clickpy.core;

/** How answers travel from the server. */
public enum Compression {
  /** Uncompressed: the least work on a fast network. The default. */
  NONE,
  /**
   * LZ4: for a slow network. A stream that breaks in the middle then fails without the server's own
   * words, because they come uncompressed.
   */
  LZ4
}
