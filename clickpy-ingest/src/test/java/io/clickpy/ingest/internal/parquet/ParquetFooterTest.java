package io.clickpy.ingest.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.ingest.Download;
import io.clickpy.ingest.ExportFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetFooterTest {
  @TempDir Path folder;

  @Test
  void rowsAndColumnsAreFound() throws IOException {
    ParquetFooter footer = ParquetFooter.read(new Bytes(export()));

    assertThat(footer.rows()).isEqualTo(1_000);
    assertThat(footer.columns())
        .extracting(ParquetColumn::name)
        .containsExactly("project", "timestamp", "file.version");
  }

  @Test
  void whatIsNoParquetIsRefused() {
    assertRefused(new byte[11], "It is not Parquet: it has only 11 bytes.");
    assertRefused(
        new byte[100], "It is not Parquet, or has been cut off: it does not end in PAR1.");
    assertRefused(
        ended(new byte[100], 100, "PARE"), "It is encrypted. Export it without encryption.");
    assertRefused(
        ended(new byte[100], 105, "PAR1"),
        "Its footer is damaged: 105 bytes long in a file of 108.");
    assertRefused(
        ended(new byte[100], -1, "PAR1"), "Its footer is damaged: -1 bytes long in a file of 108.");
    assertRefused(
        ended(new byte[(16 << 20) + 100], (16 << 20) + 1, "PAR1"),
        "Its footer is too long: 16777217 bytes, at most 16777216.");
  }

  /** Nine bytes that ask the usual reader for a list of two thousand million elements. */
  @Test
  void aLengthThatCannotBeIsNoReasonToFetchMemory() {
    byte[] schemaOfTwoThousandMillion = {
      0x15, 0x02, 0x19, (byte) 0xfc, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07
    };
    byte[] file = Arrays.copyOf(new byte[4], 13);
    System.arraycopy(schemaOfTwoThousandMillion, 0, file, 4, 9);

    assertRefused(ended(file, 9, "PAR1"), "Its footer is damaged: a length leads out of it.");
  }

  @Test
  void nestingWithoutEndIsNoReasonToRecurse() {
    byte[] structs = new byte[1 << 20];
    Arrays.fill(structs, (byte) 0x1c);

    assertRefused(
        ended(structs, structs.length - 4, "PAR1"),
        "Its footer is damaged: it is nested too deeply.");
  }

  private static void assertRefused(byte[] file, String message) {
    assertThatThrownBy(() -> ParquetFooter.read(new Bytes(file)))
        .isInstanceOf(ClickPyException.class)
        .hasMessage(message);
  }

  private static byte[] ended(byte[] data, int footerLength, String magic) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(data);
    file.writeBytes(
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(footerLength).array());
    file.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private byte[] export() throws IOException {
    return Files.readAllBytes(
        ExportFile.with()
            .shape(ExportFile.Shape.MINIMAL)
            .smallRowGroups()
            .write(
                folder.resolve("a.parquet"),
                Collections.nCopies(1_000, Download.of("2024-08-12T10:00:00Z", "pandas"))));
  }
}
