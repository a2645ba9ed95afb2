package io.clickpy.query.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.clickpy.query.internal.RecordColumns;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Comma-separated values, as RFC 4180 has them. */
final class CsvFormat implements ExportFormat {
  private static final String STARTS_OF_FORMULAS = "=+-@\t\r\n";

  /** Else a row of one empty text would be an empty line, which readers skip. */
  private static final String EMPTY = "\"\"";

  private final CsvFactory factory =
      CsvFactory.builder().enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING).build();
  private final UnaryOperator<String> texts;

  private CsvFormat(UnaryOperator<String> texts) {
    this.texts = texts;
  }

  static ExportFormat plain() {
    return new CsvFormat(UnaryOperator.identity());
  }

  static ExportFormat forSpreadsheets() {
    return new CsvFormat(CsvFormat::withoutFormula);
  }

  private static String withoutFormula(String text) {
    return !text.isEmpty() && STARTS_OF_FORMULAS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  @Override
  public <R> void write(Class<R> type, Stream<? extends R> rows, Writer out) throws IOException {
    RecordRows<R> table = new RecordRows<>(type, rows);
    try (CsvGenerator csv = factory.createGenerator(out)) {
      csv.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      csv.setSchema(schema(table.columns()));
      write(table.columns().stream().map(RecordColumns.Column::name).toList(), csv);
      for (List<@Nullable Object> values : table) {
        write(values, csv);
      }
    }
  }

  private static CsvSchema schema(List<RecordColumns.Column> columns) {
    CsvSchema.Builder schema = CsvSchema.builder().setLineSeparator("\r\n");
    columns.forEach(column -> schema.addColumn(column.name()));
    return schema.build();
  }

  private void write(List<? extends @Nullable Object> values, CsvGenerator csv) throws IOException {
    csv.writeStartArray();
    for (Object value : values) {
      if (value == null) {
        csv.writeNull();
      } else if (value instanceof String text && !text.isEmpty()) {
        csv.writeString(texts.apply(text));
      } else if (value instanceof String) {
        csv.writeRawValue(EMPTY);
      } else {
        csv.writeRawValue(value.toString());
      }
    }
    csv.writeEndArray();
  }
}
