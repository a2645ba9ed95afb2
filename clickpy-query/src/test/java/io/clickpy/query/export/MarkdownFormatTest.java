package io.clickpy.query.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.query.GeneratedDownloads;
import io.clickpy.query.VersionDownloads;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownFormatTest {

  @Test
  void numbersKeepToTheRight() {
    assertThat(
            ExportFormat.markdown()
                .text(
                    VersionDownloads.class,
                    List.of(new VersionDownloads("2.2.3", 12), new VersionDownloads("", 3))))
        .isEqualTo(
            """
            | version | count |
            | --- | ---: |
            | 2.2.3 | 12 |
            |  | 3 |
            """);
  }

  @Test
  void noTextIsTakenForMarkdown() {
    assertThat(
            ExportFormat.markdown()
                .text(
                    VersionDownloads.class,
                    List.of(new VersionDownloads("a|b_c*`<b>[x](y)\\&amp;\n", 1))))
        .endsWith("| a\\|b\\_c\\*\\`\\<b\\>\\[x\\](y)\\\\\\&amp;  | 1 |\n");
  }

  static Stream<String> texts() {
    return GeneratedDownloads.hostileValues();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aRowIsALineOfAsManyCellsAsThereAreColumns(String text) {
    String table =
        ExportFormat.markdown()
            .text(VersionDownloads.class, List.of(new VersionDownloads(text, 1)));

    assertThat(table.split("\n", -1)).hasSize(4);
    assertThat(table.split("\n", -1)[2].replaceAll("\\\\[\\\\|]", "").split("\\|", -1)).hasSize(4);
  }
}
