package io.clickpy.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickpy.query.GeneratedDownloads;
import io.clickpy.query.rollup.Fields;
import io.clickpy.query.rollup.GroupKey;
import io.clickpy.query.rollup.GroupedDownloads;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonFormatTest {

  @Test
  void aRowIsAnObjectWithItsComponents() {
    assertThat(ExportFormat.json().text(Sample.class, List.of(Sample.of("x"))))
        .isEqualTo(
            "[{\"day\":\"2024-08-12\",\"inner\":{\"at\":\"2024-08-12T13:45:00Z\","
                + "\"kind\":\"NAMED\",\"fraction\":0.25},\"name\":\"pandas\",\"text\":\"x\","
                + "\"count\":-9787106,\"maybe\":null,\"texts\":[\"a\",\"b\"],\"whole\":true}]");
  }

  @Test
  void anAnswerWithoutRowsIsAnEmptyArray() {
    assertThat(ExportFormat.json().text(Sample.class, List.of())).isEqualTo("[]");
  }

  @Test
  void mapsAreObjects() {
    Sample.Link link = new Sample.Link(Map.of("Home", URI.create("https://pandas.example")), 1);

    assertThat(ExportFormat.json().text(Sample.Link.class, List.of(link)))
        .isEqualTo("[{\"links\":{\"Home\":\"https://pandas.example\"},\"number\":1}]");
    assertThat(
            ExportFormat.json()
                .text(
                    GroupedDownloads.class,
                    List.of(
                        new GroupedDownloads(
                            new GroupKey(Map.of(Fields.VERSION, "2.0")), Long.MAX_VALUE))))
        .isEqualTo("[{\"key\":{\"version\":\"2.0\"},\"count\":9223372036854775807}]");
  }

  @Test
  void optionalNumbersAreNumbersOrNull() {
    record Row(OptionalLong a, OptionalInt b, OptionalDouble c, OptionalLong none) {}

    Row row =
        new Row(
            OptionalLong.of(1), OptionalInt.of(2), OptionalDouble.of(0.5), OptionalLong.empty());
    assertThat(ExportFormat.json().text(Row.class, List.of(row)))
        .isEqualTo("[{\"a\":1,\"b\":2,\"c\":0.5,\"none\":null}]");
  }

  static Stream<String> texts() {
    return GeneratedDownloads.hostileValues();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void everyTextIsReadBackAsItWas(String text) throws Exception {
    JsonNode rows =
        new ObjectMapper()
            .readTree(ExportFormat.json().text(Sample.class, List.of(Sample.of(text))));

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("text").textValue()).isEqualTo(text);
  }
}
