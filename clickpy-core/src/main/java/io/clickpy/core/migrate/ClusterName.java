package io.clickpy.core.migrate;

import java.util.regex.Pattern;

/** The names of clusters, which stand between quotes in SQL. */
final class ClusterName {
  static final String CANONICAL = "cluster";

  private static final Pattern VALID =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,127}|\\{[A-Za-z_][A-Za-z0-9_]{0,127}}");

  private ClusterName() {}

  /** Returns the name, if it is one. */
  static String check(String name) {
    if (!VALID.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Invalid cluster name: '%s' (must be a letter or _, then at most 127 letters, digits, _, . or -; or a macro as {cluster})"
              .formatted(name));
    }
    return name;
  }
}
