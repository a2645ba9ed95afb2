package io.clickpy.benchmarks.race;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of figures; immutable.
 *
 * @param title what it tells
 * @param columns the names of the columns
 * @param rows the cells
 */
public record Figures(String title, List<String> columns, List<List<String>> rows) {

  /** Copies the lists. */
  public Figures {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** Returns a table without rows. */
  public static Figures of(String title, String... columns) {
    return new Figures(title, List.of(columns), List.of());
  }

  /**
   * Returns this table with one more row.
   *
   * @throws IllegalArgumentException if there are not as many cells as columns
   */
  public Figures row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "Invalid row: %d cells (the table has %d columns)."
              .formatted(cells.length, columns.size()));
    }
    List<List<String>> more = new ArrayList<>(rows);
    more.add(List.of(cells).stream().map(String::valueOf).toList());
    return new Figures(title, columns, more);
  }

  /** Returns the table as Markdown, its columns aligned for those who read the source. */
  String markdown() {
    List<Integer> widths = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      int longest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
      widths.add(Math.max(longest, columns.get(i).length()));
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns);
    lines.add(Collections.nCopies(columns.size(), "---"));
    lines.addAll(rows);
    return lines.stream()
        .map(line -> line(line, widths))
        .collect(Collectors.joining("", "**" + title + "**\n\n", ""));
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder("|");
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = (cell.equals("---") ? "-" : " ").repeat(widths.get(i) - cell.length());
      line.append(' ').append(cell).append(padding).append(" |");
    }
    return line.append('\n').toString();
  }
}
