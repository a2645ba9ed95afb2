package io.clickpy.core.migrate;

import java.util.Locale;

/**
 * A way in which the live database is not what the schema describes.
 *
 * @param object the table, view or dictionary
 * @param kind what differs
 * @param expected what the schema describes; empty for {@link Kind#EXTRA}
 * @param actual what the database has; empty for {@link Kind#MISSING}
 */
public record Difference(String object, Kind kind, String expected, String actual) {

  /** What differs. */
  public enum Kind {
    /** The object is not there. */
    MISSING,
    /** The object is not described; most often somebody's own table. */
    EXTRA,
    /** A column is missing or not described. */
    COLUMN,
    /** A column has another type. */
    TYPE,
    /** The table has another engine. */
    ENGINE,
    /** The rows are sorted by other columns. */
    KEY,
    /** The indexes that let queries skip rows are others. */
    INDEX,
    /** The view or dictionary is defined otherwise. */
    DEFINITION
  }

  @Override
  public String toString() {
    return switch (kind) {
      case MISSING -> object + " is missing";
      case EXTRA -> object + " is not part of the schema";
      default ->
          "%s has another %s\n   -> Described: %s\n   -> Found    : %s"
              .formatted(
                  object,
                  kind.name().toLowerCase(Locale.ROOT),
                  expected.isEmpty() ? "(none)" : expected,
                  actual.isEmpty() ? "(none)" : actual);
    };
  }
}
