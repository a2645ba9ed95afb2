package io.clickpy.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorDetectorTest {
  private static final String MESSAGE =
      "Code: 395. DB::Exception: Value\npassed to 'throwIf' is zero. (FUNCTION…)";
  private static final byte[] ERROR =
      ("\r\n__exception__\r\nabcdefghijklmnop\r\n"
              + MESSAGE
              + "\n71 abcdefghijklmnop\r\n__exception__\r\n")
          .getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000, 100_000})
  void anAnswerThatEndsWellPassesUnchanged(int chunk) throws IOException {
    byte[] data = randomBytes(200_000);

    assertThat(read(new Network(data, chunk, false))).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 1000, 100_000})
  void theErrorIsFoundAndNoByteOfItIsGivenOut(int chunk) {
    byte[] rows = randomBytes(70_000);
    ByteArrayOutputStream given = new ByteArrayOutputStream();

    assertThatThrownBy(() -> read(new Network(join(rows, ERROR), chunk, true), given))
        .isInstanceOf(ServerErrorDetector.ServerErrorInStream.class)
        .hasMessage(MESSAGE);
    assertThat(given.toByteArray()).isEqualTo(rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 100_000})
  void aRowThatHoldsTheSameTextIsData(int chunk) throws IOException {
    byte[] atTheEnd = join(randomBytes(100), ERROR);
    byte[] inTheMiddle = join(atTheEnd, randomBytes(100_000));

    assertThat(read(new Network(atTheEnd, chunk, false))).isEqualTo(atTheEnd);
    assertThat(read(new Network(inTheMiddle, chunk, false))).isEqualTo(inTheMiddle);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 100_000})
  void aCutWithoutAnErrorStaysACut(int chunk) {
    byte[] half = Arrays.copyOf(ERROR, ERROR.length / 2);

    assertThatThrownBy(() -> read(new Network(half, chunk, true))).hasMessage("cut");
  }

  private static byte[] read(InputStream network) throws IOException {
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    read(network, given);
    return given.toByteArray();
  }

  private static void read(InputStream network, ByteArrayOutputStream given) throws IOException {
    try (InputStream in = new ServerErrorDetector(network)) {
      in.transferTo(given);
    }
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** Delivers little at a time, and at the end ends well or is cut. */
  private static final class Network extends InputStream {
    private final byte[] data;
    private final int chunk;
    private final boolean cutAtEnd;
    private int position;

    Network(byte[] data, int chunk, boolean cutAtEnd) {
      this.data = data;
      this.chunk = chunk;
      this.cutAtEnd = cutAtEnd;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int count = Math.min(Math.min(length, chunk), data.length - position);
      if (count == 0 && cutAtEnd) {
        throw new IOException("cut");
      }
      System.arraycopy(data, position, target, offset, count);
      position += count;
      return count == 0 ? -1 : count;
    }
  }
}
