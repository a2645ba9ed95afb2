package io.clickpy.core;

import java.util.regex.Pattern;

/**
 * The name of a database: a letter or underscore, then at most 63 letters, digits and underscores
 * of ASCII, so that it needs no quoting anywhere.
 *
 * @param value the name
 */
public record DatabaseName(String value) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  /** Checks the name. */
  public DatabaseName {
    if (!VALID.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "Invalid database name: '%s' (must be a letter or _, then at most 63 letters, digits or _)"
              .formatted(value));
    }
  }

  /**
   * Returns the name.
   *
   * @throws IllegalArgumentException if it has another form
   */
  public static DatabaseName of(String value) {
    return new DatabaseName(value);
  }

  @Override
  public String toString() {
    return value;
  }
}
