package io.clickpy.embedded;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Reads the tar archives that npm writes: plain ustar, every path within its 100 characters. */
final class Tar {

  private static final int BLOCK = 512;
  private static final int SIZE_OFFSET = 124;
  private static final int SIZE_LENGTH = 12;
  private static final int NAME_LENGTH = 100;

  private Tar() {}

  /**
   * Copies one file out of an archive.
   *
   * @return the file's size
   * @throws FileNotFoundException if the archive has no such entry
   * @throws EOFException if the archive ends too early
   */
  static long extract(InputStream archive, String entry, OutputStream target) throws IOException {
    while (true) {
      byte[] header = archive.readNBytes(BLOCK);
      if (header.length == 0 || (header.length == BLOCK && header[0] == 0)) {
        throw new FileNotFoundException("the archive has no entry " + entry);
      }
      if (header.length < BLOCK) {
        throw new EOFException("the archive ends within a header");
      }
      long size = parseSize(header);
      if (text(header, 0, NAME_LENGTH).equals(entry)) {
        copy(archive, size, target);
        return size;
      }
      long padded = (size + BLOCK - 1) / BLOCK * BLOCK;
      copy(archive, padded, OutputStream.nullOutputStream());
    }
  }

  private static long parseSize(byte[] header) throws IOException {
    String octal = text(header, SIZE_OFFSET, SIZE_LENGTH).strip();
    try {
      return Long.parseLong(octal, 8);
    } catch (NumberFormatException e) {
      throw new IOException("the archive has a malformed header: size '" + octal + "'", e);
    }
  }

  private static void copy(InputStream from, long length, OutputStream to) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long left = length; left > 0; ) {
      int read = from.read(buffer, 0, (int) Math.min(buffer.length, left));
      if (read < 0) {
        throw new EOFException("the archive ends " + left + " bytes too early");
      }
      to.write(buffer, 0, read);
      left -= read;
    }
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }
}
