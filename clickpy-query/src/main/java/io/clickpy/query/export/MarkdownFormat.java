package io.clickpy.query.export;

import io.clickpy.query.internal.RecordColumns;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table of GitHub's Markdown. */
final class MarkdownFormat implements ExportFormat {
  /** What may have a meaning within a cell. */
  private static final String ACTIVE = "\\`*_[]<>|~&$";

  @Override
  public <R> void write(Class<R> type, Stream<? extends R> rows, Writer out) throws IOException {
    RecordRows<R> table = new RecordRows<>(type, rows);
    out.write(line(table.columns().stream().map(column -> escaped(column.name())).toList()));
    out.write(line(table.columns().stream().map(MarkdownFormat::rule).toList()));
    for (List<@Nullable Object> values : table) {
      out.write(line(values.stream().map(MarkdownFormat::cell).toList()));
    }
    out.flush();
  }

  private static String line(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String rule(RecordColumns.Column column) {
    return column.isNumber() ? "---:" : "---";
  }

  private static String cell(@Nullable Object value) {
    return value == null ? "" : escaped(value.toString());
  }

  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (ACTIVE.indexOf(c) >= 0) {
                escaped.append('\\');
              }
              // A line break would end the row.
              escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            });
    return escaped.toString();
  }
}
