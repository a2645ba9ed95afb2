package io.clickpy.query.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.query.DailyDownloads;
import io.clickpy.query.GeneratedDownloads;
import io.clickpy.query.rollup.Field;
import io.clickpy.query.rollup.Fields;
import io.clickpy.query.rollup.GroupKey;
import io.clickpy.query.rollup.GroupedDownloads;
import java.io.IOException;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFormatTest {
  private static final String NAMES =
      "day,inner.at,inner.kind,inner.fraction,name,text,count,maybe,texts,whole\r\n";

  @Test
  void eachComponentIsAColumn() {
    assertThat(ExportFormat.csv().text(Sample.class, List.of(Sample.of("x"))))
        .isEqualTo(
            NAMES
                + "2024-08-12,2024-08-12T13:45:00Z,NAMED,0.25,pandas,x,-9787106,,\"a, b\",true\r\n");
  }

  @Test
  void anAnswerWithoutRowsHasItsNames() {
    assertThat(ExportFormat.csv().text(Sample.class, List.of())).isEqualTo(NAMES);
  }

  @Test
  void theFieldsOfAGroupAreColumns() {
    Map<Field<?, ?>, Object> key = new LinkedHashMap<>();
    key.put(Fields.PROJECT, "pandas");
    key.put(Fields.DATE, LocalDate.EPOCH);

    assertThat(
            ExportFormat.csv()
                .text(GroupedDownloads.class, List.of(new GroupedDownloads(new GroupKey(key), 7))))
        .isEqualTo("key.project,key.date,count\r\npandas,1970-01-01,7\r\n");
  }

  static Stream<String> texts() {
    return Stream.concat(
        GeneratedDownloads.hostileValues(),
        Stream.of("\"", "\"\"", "a\"b", ",", "\r", "a\r\nb", ";", "'", "#", " ", "\t x \t"));
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyTextIsReadBackAsItWas(String text) {
    String csv = ExportFormat.csv().text(Sample.class, List.of(Sample.of(text), Sample.of("next")));

    List<List<String>> rows = parse(csv);
    assertThat(rows).hasSize(3).allSatisfy(row -> assertThat(row).hasSize(10));
    assertThat(rows.get(1).get(5)).isEqualTo(text);
    assertThat(rows.get(2).get(5)).isEqualTo("next");
  }

  @Test
  void anEmptyTextIsToldFromAnAbsentOne() {
    record Row(String empty, Optional<String> absent) {}

    assertThat(ExportFormat.csv().text(Row.class, List.of(new Row("", Optional.empty()))))
        .isEqualTo("empty,absent\r\n\"\",\r\n");
  }

  @ParameterizedTest
  @CsvSource({"=1+1,'''=1+1'", "+1,'''+1'", "-1,'''-1'", "@x,'''@x'", "1.0,1.0", "x=1,x=1"})
  void whatMayBeAFormulaIsAText(String text, String cell) {
    String csv = ExportFormat.csvForSpreadsheets().text(Sample.class, List.of(Sample.of(text)));

    assertThat(parse(csv).get(1).get(5)).isEqualTo(cell);
    assertThat(parse(csv).get(1).get(6)).as("a number").isEqualTo("-9787106");
    assertThat(parse(ExportFormat.csv().text(Sample.class, List.of(Sample.of(text)))).get(1).get(5))
        .isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(classes = {String.class, Object.class, List.class})
  void whatIsNoRecordIsRefused(Class<?> type) {
    for (ExportFormat format :
        List.of(ExportFormat.csv(), ExportFormat.json(), ExportFormat.markdown())) {
      assertThatThrownBy(() -> format.text(type, List.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Invalid row type: %s (must be a record). Map the rows to one.", type.getName());
    }
  }

  @Test
  void theWriterIsFlushedAndLeftOpen() throws IOException {
    for (ExportFormat format :
        List.of(ExportFormat.csv(), ExportFormat.json(), ExportFormat.markdown())) {
      List<String> calls = new ArrayList<>();
      StringWriter writer =
          new StringWriter() {
            @Override
            public void flush() {
              calls.add("flush");
            }

            @Override
            public void close() {
              calls.add("close");
            }
          };
      format.write(DailyDownloads.class, Stream.of(new DailyDownloads(LocalDate.EPOCH, 1)), writer);

      assertThat(writer.toString()).contains("1970-01-01");
      assertThat(calls).contains("flush").doesNotContain("close");
    }
  }

  /** Reads the grammar of RFC 4180 and nothing more. */
  private static List<List<String>> parse(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    int i = 0;
    while (i < csv.length()) {
      StringBuilder field = new StringBuilder();
      if (csv.charAt(i) == '"') {
        i++;
        while (csv.charAt(i) != '"' || csv.startsWith("\"\"", i)) {
          i += csv.charAt(i) == '"' ? 1 : 0;
          field.append(csv.charAt(i++));
        }
        i++;
      } else {
        while (",\r\n\"".indexOf(csv.charAt(i)) < 0) {
          field.append(csv.charAt(i++));
        }
      }
      row.add(field.toString());
      if (csv.startsWith("\r\n", i)) {
        rows.add(row);
        row = new ArrayList<>();
        i += 2;
      } else if (csv.charAt(i++) != ',') {
        throw new AssertionError("no comma at " + (i - 1) + " of " + csv);
      }
    }
    return rows;
  }
}
