package io.clickpy.core.schema;

import java.util.regex.Pattern;

/** Names that need no quoting in SQL. */
final class Identifier {
  static final int LONGEST = 128;

  private static final Pattern VALID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Identifier() {}

  /** Returns the name, if it is one. */
  static String check(String what, String name) {
    return check(what, name, LONGEST);
  }

  /** Returns the name, if it is one of at most so many characters. */
  static String check(String what, String name, int longest) {
    if (!VALID.matcher(name).matches() || name.length() > longest) {
      throw new IllegalArgumentException(
          "Invalid %s: '%s' (must be a letter or _, then at most %d letters, digits or _)"
              .formatted(what, name, longest - 1));
    }
    return name;
  }
}
