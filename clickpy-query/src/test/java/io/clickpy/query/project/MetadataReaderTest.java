package io.clickpy.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTest {
  private static final String MIT = "License :: OSI Approved :: MIT License";

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "UNKNOWN", " UNKNOWN\n"})
  void whatSaysNothingIsAbsent(String field) {
    assertThat(MetadataReader.text(field)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Jane Doe <jane@example.org>|Jane Doe",
        "Jane Doe <jane@example.org>, John <j@example.org>|Jane Doe, John",
        "\"Doe, Jane\" <jane@example.org>|Doe, Jane",
      })
  void anAddressTellsTheAuthorsName(String addresses, String names) {
    assertThat(MetadataReader.names(addresses)).contains(names);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jane@example.org", "<jane@example.org>", "a@example.org, b@example.org"})
  void anAddressWithoutANameTellsNone(String addresses) {
    assertThat(MetadataReader.names(addresses)).isEmpty();
  }

  @Test
  void theLicenceIsOneLine() {
    String text = "MIT License\n\nCopyright (c) …\n";
    assertThat(MetadataReader.license("BSD-3-Clause", List.of(MIT))).contains("BSD-3-Clause");
    assertThat(MetadataReader.license(text, List.of(MIT, MIT))).contains("MIT License");
    assertThat(MetadataReader.license(text, List.of())).contains("MIT License");
    assertThat(MetadataReader.license("x ".repeat(200), List.of("Topic :: A", MIT)))
        .contains("MIT License");
    assertThat(MetadataReader.license("UNKNOWN", List.of("License :: OSI Approved"))).isEmpty();
    assertThat(
            MetadataReader.license(
                "", List.of(MIT, "License :: OSI Approved :: Apache Software License")))
        .contains("MIT License, Apache Software License");
    assertThat(MetadataReader.license("", List.of())).isEqualTo(Optional.empty());
  }
}
