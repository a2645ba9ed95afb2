package io.clickpy.ingest.internal.publication;

/**
 * A part of a private table: rows that a move takes along together.
 *
 * @param name what the server calls it; it keeps the name, because parts of private tables are
 *     never merged
 * @param hash of everything in it; the moved part has the same
 */
record StagedPart(String name, String hash) {
  static StagedPart parse(String text) {
    int at = text.indexOf('=');
    return new StagedPart(text.substring(0, at), text.substring(at + 1));
  }

  @Override
  public String toString() {
    return name + "=" + hash;
  }
}
