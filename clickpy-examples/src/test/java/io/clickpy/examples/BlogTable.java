package io.clickpy.examples;

/** The table that ClickHouse's blog prints of nine days of pandas. */
public final class BlogTable {
  /**
   * To the character.
   *
   * @see <a href="https://clickhouse.com/blog/clickpy-one-trillion-rows">the blog post</a>
   */
  public static final String TEXT =
      """
      ┌───────date─┬───count─┬─readableSize─┬─bar────────┐
      │ 2024-08-12 │ 9787106 │ 9.79 million │ █████████▉ │
      │ 2024-08-13 │ 9727401 │ 9.73 million │ █████████▉ │
      │ 2024-08-14 │ 9309011 │ 9.31 million │ █████████▍ │
      │ 2024-08-15 │ 8825396 │ 8.83 million │ ████████▉  │
      │ 2024-08-16 │ 9428220 │ 9.43 million │ █████████▌ │
      │ 2024-08-17 │ 5915869 │ 5.92 million │ ██████     │
      │ 2024-08-18 │ 5955829 │ 5.96 million │ ██████     │
      │ 2024-08-19 │ 9118143 │ 9.12 million │ █████████▎ │
      │ 2024-08-20 │ 9846985 │ 9.85 million │ ██████████ │
      └────────────┴─────────┴──────────────┴────────────┘
      """;

  private BlogTable() {}
}
