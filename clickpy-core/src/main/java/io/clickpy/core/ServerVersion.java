package io.clickpy.core;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of ClickHouse, by year and release.
 *
 * @param major the year, as 26
 * @param minor the release in the year, as 7
 * @param text the whole version as the server says it
 */
public record ServerVersion(int major, int minor, String text) {
  private static final Pattern FORM = Pattern.compile("(\\d+)\\.(\\d+).*");

  /**
   * Reads a version.
   *
   * @param text as {@code 26.7.2.1}
   * @throws IllegalArgumentException if it does not begin with two numbers
   */
  public static ServerVersion parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Invalid server version: '%s' (must be as 26.7.2.1)".formatted(text));
    }
    return new ServerVersion(
        Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), text);
  }

  /** Returns whether this is the given release line or a later one. */
  public boolean isAtLeast(int year, int release) {
    return major > year || (major == year && minor >= release);
  }

  @Override
  public String toString() {
    return text;
  }
}
