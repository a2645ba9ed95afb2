package io.clickpy.query.internal;

import io.clickpy.core.schema.Dimension;
import java.util.List;

/** What the rows of an answer are sorted by. */
public sealed interface Order {

  /** Returns the order as SQL, for rows that are told apart by these dimensions. */
  String render(List<Dimension> groups);

  /** Returns whether the order is by that column. */
  boolean isBy(String column);

  /** Most downloads first. */
  record MostDownloads() implements Order {
    @Override
    public String render(List<Dimension> groups) {
      return Source.DOWNLOADS + " DESC";
    }

    @Override
    public boolean isBy(String column) {
      return false;
    }
  }

  /**
   * By a dimension.
   *
   * @param dimension the dimension, one of those that the rows are told apart by
   * @param direction where it begins
   */
  record By(Dimension dimension, Direction direction) implements Order {
    @Override
    public String render(List<Dimension> groups) {
      if (!groups.contains(dimension)) {
        throw new IllegalStateException(
            "Invalid order: by %s (the rows are told apart by %s). Group by it as well."
                .formatted(dimension.column(), groups.stream().map(Dimension::column).toList()));
      }
      return dimension.column() + (direction == Direction.DESCENDING ? " DESC" : "");
    }

    @Override
    public boolean isBy(String column) {
      return column.equals(dimension.column());
    }
  }

  /** Where an order begins. */
  enum Direction {
    /** With the smallest. */
    ASCENDING,
    /** With the greatest. */
    DESCENDING
  }
}
