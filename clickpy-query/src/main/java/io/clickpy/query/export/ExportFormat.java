package io.clickpy.query.export;

import io.clickpy.query.internal.OptionalLibrary;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Stream;

/**
 * A format of files, for any answer whose rows are records.
 *
 * <p>CSV and Markdown have a column for each component, named after it; those of a record within a
 * row as {@code bucket.first}. The elements of a list are one text, divided by commas. Days are
 * {@code 2024-08-12}, instants {@code 2024-08-12T13:45:00Z}; what is absent is empty, in JSON
 * {@code null}. A count may be greater than 2<sup>53</sup>, up to which JavaScript is exact.
 *
 * <p>Immutable and thread-safe. Streams are written row by row, in constant memory.
 *
 * <pre>{@code
 * try (Stream<DailyDownloads> days = PypiStats.downloadsPerDay("pandas").stream(clickpy);
 *     Writer file = Files.newBufferedWriter(Path.of("pandas.csv"))) {
 *   ExportFormat.csv().write(DailyDownloads.class, days, file);
 * }
 * }</pre>
 */
public interface ExportFormat {

  /**
   * Returns comma-separated values as RFC 4180 has them: a line of names, lines that end in CR LF,
   * quotes where they are needed. It needs {@code
   * com.fasterxml.jackson.dataformat:jackson-dataformat-csv} on the class path.
   *
   * <p>Texts are written as they are. A spreadsheet takes one that begins with {@code =}, {@code
   * +}, {@code -} or {@code @} for a formula, and versions and names come from strangers: for a
   * spreadsheet, take {@link #csvForSpreadsheets()}.
   *
   * @throws IllegalStateException if the library is missing
   */
  static ExportFormat csv() {
    return OptionalLibrary.JACKSON_CSV.require("export CSV", () -> CsvFormat.plain());
  }

  /**
   * Returns {@link #csv()} with an apostrophe before each text that a spreadsheet might take for a
   * formula; numbers are left alone. A program that reads it finds the apostrophes.
   *
   * @throws IllegalStateException if the library is missing
   */
  static ExportFormat csvForSpreadsheets() {
    return OptionalLibrary.JACKSON_CSV.require("export CSV", () -> CsvFormat.forSpreadsheets());
  }

  /**
   * Returns JSON: one array with an object for each row, one to a line; records within a row are
   * objects, too. It needs {@code com.fasterxml.jackson.core:jackson-core} on the class path.
   *
   * @throws IllegalStateException if the library is missing
   */
  static ExportFormat json() {
    return OptionalLibrary.JACKSON_CORE.require("export JSON", () -> new JsonFormat());
  }

  /**
   * Returns a table of GitHub's Markdown; numbers keep to the right, and no text is taken for
   * Markdown or HTML.
   */
  static ExportFormat markdown() {
    return new MarkdownFormat();
  }

  /**
   * Writes all rows. Neither the rows nor the writer are closed; the writer is flushed.
   *
   * @param type the class of the rows, which tells the columns even if there are no rows
   * @throws IllegalArgumentException if the class is no record
   * @throws IOException if the writer fails
   */
  <R> void write(Class<R> type, Stream<? extends R> rows, Writer out) throws IOException;

  /**
   * Returns all rows as a text.
   *
   * @param type the class of the rows
   * @throws IllegalArgumentException if the class is no record
   */
  default <R> String text(Class<R> type, List<? extends R> rows) {
    StringWriter text = new StringWriter();
    try {
      write(type, rows.stream(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A string does not fail.
    }
    return text.toString();
  }
}
