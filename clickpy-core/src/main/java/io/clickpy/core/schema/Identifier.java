package io.clickpy.core.schema;

import java.util.regex.Pattern;

/** Names that need no quoting in SQL. */
final class Identifier {
  private static final Pattern VALID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

  private Identifier() {}

  /** Returns the name, if it is one. */
  static String check(String what, String name) {
    if (!VALID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Invalid %s: '%s' (must be a letter or _, then at most 127 letters, digits or _)"
              .formatted(what, name));
    }
    return name;
  }
}
