package io.clickpy.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class TarTest {

  @Test
  void copiesTheEntryAndSkipsOthers() throws IOException {
    byte[] archive =
        archive(entry("package/a", "x".repeat(513)), entry("package/b", "beta"), end());
    ByteArrayOutputStream target = new ByteArrayOutputStream();

    long size = Tar.extract(new ByteArrayInputStream(archive), "package/b", target);

    assertThat(size).isEqualTo(4);
    assertThat(target.toString(UTF_8)).isEqualTo("beta");
  }

  @Test
  void copiesAnEmptyEntry() throws IOException {
    ByteArrayOutputStream target = new ByteArrayOutputStream();

    long size =
        Tar.extract(
            new ByteArrayInputStream(archive(entry("package/a", ""), end())), "package/a", target);

    assertThat(size).isZero();
    assertThat(target.size()).isZero();
  }

  @Test
  void absentEntryIsNamed() {
    byte[] archive = archive(entry("package/a", "alpha"), end());

    assertThatThrownBy(() -> extract(archive, "package/b"))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessage("the archive has no entry package/b");
  }

  @Test
  void archiveCutWithinTheFileIsAnError() {
    byte[] archive = archive(entry("package/a", "x".repeat(1000)), end());

    assertThatThrownBy(() -> extract(Arrays.copyOf(archive, 512 + 400), "package/a"))
        .isInstanceOf(EOFException.class)
        .hasMessage("the archive ends 600 bytes too early");
  }

  @Test
  void archiveCutWithinAHeaderIsAnError() {
    byte[] archive = archive(entry("package/a", "alpha"), end());

    assertThatThrownBy(() -> extract(Arrays.copyOf(archive, 100), "package/a"))
        .isInstanceOf(EOFException.class)
        .hasMessage("the archive ends within a header");
  }

  @Test
  void malformedSizeIsAnError() {
    byte[] archive = archive(entry("package/a", "alpha"), end());
    archive[124] = 'x';

    assertThatThrownBy(() -> extract(archive, "package/a"))
        .isInstanceOf(IOException.class)
        .hasMessage("the archive has a malformed header: size 'x0000000005'");
  }

  private static void extract(byte[] archive, String entry) throws IOException {
    Tar.extract(new ByteArrayInputStream(archive), entry, OutputStream.nullOutputStream());
  }

  private static byte[] archive(byte[]... parts) {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      archive.writeBytes(part);
    }
    return archive.toByteArray();
  }

  private static byte[] entry(String name, String content) {
    byte[] bytes = content.getBytes(UTF_8);
    byte[] entry = new byte[512 + (bytes.length + 511) / 512 * 512];
    put(entry, 0, name);
    put(entry, 124, String.format(Locale.ROOT, "%011o", bytes.length));
    System.arraycopy(bytes, 0, entry, 512, bytes.length);
    return entry;
  }

  private static byte[] end() {
    return new byte[1024];
  }

  private static void put(byte[] target, int offset, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }
}
