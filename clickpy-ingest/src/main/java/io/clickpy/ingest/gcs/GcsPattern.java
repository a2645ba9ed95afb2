package io.clickpy.ingest.gcs;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which objects of a bucket are meant.
 *
 * @param bucket the bucket's name
 * @param objects the names, with wildcards; empty for the whole bucket
 */
record GcsPattern(String bucket, String objects) {
  private static final Pattern FORM = Pattern.compile("(?s)gs://([a-z0-9][a-z0-9._-]{1,221})/(.*)");

  private static final Pattern WILDCARD = Pattern.compile("\\*\\*|\\*|\\?");

  /**
   * Takes a pattern apart.
   *
   * @throws IllegalArgumentException if it is none
   */
  static GcsPattern parse(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "Invalid pattern: %s (must be gs://bucket/name). Use gs://bucket/name.parquet, gs://bucket/folder/ or gs://bucket/prefix*."
              .formatted(text));
    }
    return new GcsPattern(form.group(1), form.group(2));
  }

  /** Returns what the names of all objects meant begin with. */
  String prefix() {
    Matcher wildcard = WILDCARD.matcher(objects);
    return wildcard.find() ? objects.substring(0, wildcard.start()) : objects;
  }

  boolean matches(String name) {
    if (isFolder()) {
      return isExport(name.substring(objects.length()));
    }
    return name.matches(regex());
  }

  private boolean isFolder() {
    return objects.isEmpty() || (objects.endsWith("/") && prefix().equals(objects));
  }

  private static boolean isExport(String name) {
    return name.endsWith(".parquet") && !name.matches("(.*/)?[._].*");
  }

  private String regex() {
    StringBuilder regex = new StringBuilder("(?s)");
    Matcher wildcard = WILDCARD.matcher(objects);
    int at = 0;
    while (wildcard.find()) {
      regex.append(Pattern.quote(objects.substring(at, wildcard.start())));
      regex.append(
          switch (wildcard.group()) {
            case "**" -> ".*";
            case "*" -> "[^/]*";
            default -> "[^/]";
          });
      at = wildcard.end();
    }
    return regex.append(Pattern.quote(objects.substring(at))).toString();
  }

  /** Returns what is wrong if there is no such object. */
  String ifNone() {
    if (isFolder()) {
      return "no object in it ends in .parquet";
    }
    return prefix().equals(objects) ? "there is no such object" : "no object matches it";
  }

  @Override
  public String toString() {
    return "gs://" + bucket + "/" + objects;
  }
}
