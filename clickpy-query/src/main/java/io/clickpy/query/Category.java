package io.clickpy.query;

import java.util.Objects;

/**
 * What downloads are told apart by: a version, a system, a country, or all those that are not named
 * one by one.
 *
 * @param kind what kind of category it is
 * @param value the value as it is stored, which a filter takes; empty if unknown, and for all
 *     others together
 * @param label what to show to people: the value or, of a country, its name
 */
public record Category(Kind kind, String value, String label) {

  /** Checks that nothing is missing. */
  public Category {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(label, "label");
  }

  static Category named(String value, String label) {
    return value.isEmpty()
        ? new Category(Kind.UNKNOWN, value, "unknown")
        : new Category(Kind.NAMED, value, label);
  }

  static Category other() {
    return new Category(Kind.OTHER, "", "other");
  }

  /** What kind of category it is; a value may be spelled as the label of another kind. */
  public enum Kind {
    /** One value. */
    NAMED,
    /** The client did not tell. */
    UNKNOWN,
    /** Everything beside the categories that are named. */
    OTHER
  }
}
