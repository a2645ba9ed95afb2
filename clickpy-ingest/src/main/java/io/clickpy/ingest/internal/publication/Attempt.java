package io.clickpy.ingest.internal.publication;

/**
 * One try to load some files together, by one loader; tables that carry its name are nobody else's.
 *
 * @param loader the loader's id; letters and digits
 * @param number tells the tries of that loader apart
 */
public record Attempt(String loader, int number) {
  /** Returns the attempt of an {@link #id()}. */
  public static Attempt parse(String id) {
    int at = id.indexOf('_');
    return new Attempt(id.substring(0, at), Integer.parseInt(id.substring(at + 1)));
  }

  /** Returns what names it, in tables and in the ledger. */
  public String id() {
    return loader + "_" + number;
  }
}
