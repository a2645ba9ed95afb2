package io.clickpy.ingest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.Download;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DownloadRowsTest {
  private static final LocalDate DAY = LocalDate.of(2024, 8, 12);

  @Test
  void aRowIsItsDayAndItsTextsEachBehindItsLength() throws IOException {
    DownloadRows rows = new DownloadRows();
    rows.add(
        Download.of(LocalDate.of(1970, 9, 15), "b", "é")
            .withFileType("t")
            .withInstaller("i")
            .withPython("3.1")
            .withSystem("")
            .withCountry("DE"));

    ByteArrayOutputStream out = new ByteArrayOutputStream();
    rows.writeTo(out);
    assertThat(out.toByteArray())
        .isEqualTo("\1\1\1b\2Ã©\1t\1i\0033.1\0\2DE".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(rows.size()).isEqualTo(out.size());
    assertThat(rows.rows()).isEqualTo(1);
  }

  @Test
  void whatIsWrittenCanBeReadAgain() {
    Random random = new Random(7);
    List<Download> downloads = new ArrayList<>();
    DownloadRows rows = new DownloadRows();
    for (int length = 0; length < 300; length++) {
      downloads.add(
          Download.of(DAY.minusDays(length * 50L), "p" + text(random, length), text(random, length))
              .withFileType("x".repeat(length))
              .withInstaller("é".repeat(length))
              .withSystem("\uD83D\uDE00".repeat(length))
              .withCountry(text(random, length)));
    }
    downloads.add(Download.of(LocalDate.of(2149, 6, 6), "a", "x".repeat(20_000)));
    downloads.forEach(rows::add);

    assertThat(rows.downloads()).isEqualTo(downloads);
  }

  private static String text(Random random, int length) {
    return random
        .ints(length, 0, 0xD800)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
