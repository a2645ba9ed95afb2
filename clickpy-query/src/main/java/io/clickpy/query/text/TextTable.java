package io.clickpy.query.text;

import io.clickpy.query.internal.RecordColumns;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of box-drawing characters, as ClickHouse's {@code PrettyCompact} format prints one
 * without row numbers: the columns' names stand in the upper edge.
 *
 * <p>Immutable. Each character is taken to be one terminal cell wide.
 *
 * <pre>{@code
 * TextTable.of(TextTable.Column.right("date"), TextTable.Column.right("count"))
 *     .row("2024-08-12", 9_787_106)
 *     .render();
 *
 * // ┌───────date─┬───count─┐
 * // │ 2024-08-12 │ 9787106 │
 * // └────────────┴─────────┘
 * }</pre>
 */
public final class TextTable {
  private enum Alignment {
    LEFT,
    RIGHT
  }

  /** The name of a column and the side that its name and its values keep to. */
  public static final class Column {
    private final String name;
    private final Alignment alignment;

    private Column(String name, Alignment alignment) {
      this.name = name;
      this.alignment = alignment;
    }

    /** A column of text. */
    public static Column left(String name) {
      return new Column(name, Alignment.LEFT);
    }

    /** A column of numbers or dates. */
    public static Column right(String name) {
      return new Column(name, Alignment.RIGHT);
    }

    private static Column of(RecordColumns.Column column) {
      return column.isNumber() || column.isTemporal() ? right(column.name()) : left(column.name());
    }

    private String fit(String text, int width, String padding) {
      String pad = padding.repeat(width - cells(text));
      return alignment == Alignment.LEFT ? text + pad : pad + text;
    }
  }

  private final List<Column> columns;
  private final List<List<String>> rows;

  private TextTable(List<Column> columns, List<List<String>> rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /**
   * A table without rows.
   *
   * @throws IllegalArgumentException if there is no column
   */
  public static TextTable of(Column... columns) {
    if (columns.length == 0) {
      throw new IllegalArgumentException("Invalid table: no columns (must have at least one).");
    }
    return new TextTable(List.of(columns), List.of());
  }

  /**
   * A table of rows that are records, a column for each component, named after it; those of a
   * record within a row as {@code bucket.first}. Numbers and dates keep to the right, all else to
   * the left.
   *
   * <pre>{@code
   * List<VersionDownloads> versions = PypiStats.topVersions("pandas").fetch(clickpy);
   * System.out.print(TextTable.of(VersionDownloads.class, versions).render());
   * }</pre>
   *
   * @param type the class of the rows
   * @throws IllegalArgumentException if the class is no record
   */
  public static <R> TextTable of(Class<R> type, List<? extends R> rows) {
    RecordColumns columns = RecordColumns.of(type, rows.isEmpty() ? null : rows.get(0));
    return new TextTable(
        columns.columns().stream().map(Column::of).toList(),
        rows.stream()
            .map(row -> columns.values(row).stream().map(TextTable::cell).toList())
            .toList());
  }

  /**
   * This table and one more row; each value is shown by its {@code toString()}, control characters
   * as {@code \\n} or {@code \\u001b}.
   *
   * @throws IllegalArgumentException if there are not as many values as columns
   */
  public TextTable row(Object... values) {
    if (values.length != columns.size()) {
      throw new IllegalArgumentException(
          "Invalid row: %d values (the table has %d columns)."
              .formatted(values.length, columns.size()));
    }
    List<List<String>> all = new ArrayList<>(rows);
    all.add(List.of(values).stream().map(TextTable::cell).toList());
    return new TextTable(columns, List.copyOf(all));
  }

  /** The table as lines, each ended by a line feed. */
  public String render() {
    int[] widths = IntStream.range(0, columns.size()).map(this::width).toArray();
    StringBuilder text = new StringBuilder();
    List<String> names = columns.stream().map(column -> column.name).toList();
    text.append(line("┌─", "─┬─", "─┐", "─", names, widths));
    for (List<String> row : rows) {
      text.append(line("│ ", " │ ", " │", " ", row, widths));
    }
    List<String> nothing = columns.stream().map(column -> "").toList();
    text.append(line("└─", "─┴─", "─┘", "─", nothing, widths));
    return text.toString();
  }

  private String line(
      String first, String between, String last, String padding, List<String> cells, int[] widths) {
    return IntStream.range(0, columns.size())
        .mapToObj(i -> columns.get(i).fit(cells.get(i), widths[i], padding))
        .collect(Collectors.joining(between, first, last + "\n"));
  }

  private int width(int column) {
    int name = cells(columns.get(column).name);
    return rows.stream().mapToInt(row -> cells(row.get(column))).reduce(name, Math::max);
  }

  /** A text from outside must neither break the frame nor command the terminal. */
  private static String cell(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    StringBuilder cell = new StringBuilder();
    value.toString().codePoints().forEach(c -> append(c, cell));
    return cell.toString();
  }

  private static void append(int c, StringBuilder cell) {
    switch (c) {
      case '\n' -> cell.append("\\n");
      case '\t' -> cell.append("\\t");
      case '\r' -> cell.append("\\r");
      default -> {
        if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
          cell.append("\\u").append(HexFormat.of().toHexDigits((char) c));
        } else {
          cell.appendCodePoint(c);
        }
      }
    }
  }

  private static int cells(String text) {
    return text.codePointCount(0, text.length());
  }
}
