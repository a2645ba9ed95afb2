package io.clickpy.query.internal;

/** Names of projects as their authors write them, in the table of files. */
public final class NormalName {
  /** The normal form of PEP 503 of the column {@code name}; an index of our schema is over it. */
  public static final String SQL = "lower(replaceRegexpAll(name, '[-_.]+', '-'))";

  private NormalName() {}
}
