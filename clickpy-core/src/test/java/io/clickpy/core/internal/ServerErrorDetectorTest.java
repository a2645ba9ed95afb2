package io.clickpy.core.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerErrorDetectorTest {
  private static final String TAG = "abcdefghijklmnop";

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 1000, 100_000})
  void anAnswerWithoutErrorPassesUnchanged(int chunk) throws IOException {
    byte[] data = randomBytes(200_000);

    assertThat(read(data, chunk)).isEqualTo(data);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 64, 1000, 100_000})
  void theErrorIsFoundAndNoByteOfItIsGivenOut(int chunk) {
    byte[] rows = randomBytes(70_000);
    String message = "Code: 395. DB::Exception: Value\npassed to 'throwIf' is zero. (FUNCTION…)";
    byte[] error =
        ("\r\n__exception__\r\n" + TAG + "\r\n" + message + "\n71 " + TAG + "\r\n__exception__\r\n")
            .getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream given = new ByteArrayOutputStream();

    assertThatThrownBy(() -> read(join(rows, error), chunk, given))
        .isInstanceOf(ServerErrorDetector.ServerErrorInStream.class)
        .hasMessage(message);
    assertThat(rows).startsWith(given.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 64, 100_000})
  void anotherAnswersMarkerIsData(int chunk) throws IOException {
    byte[] data = "row\r\n__exception__\r\nponmlkjihgfedcba\r\n".getBytes(StandardCharsets.UTF_8);

    assertThat(read(data, chunk)).isEqualTo(data);
  }

  private static byte[] read(byte[] data, int chunk) throws IOException {
    ByteArrayOutputStream given = new ByteArrayOutputStream();
    read(data, chunk, given);
    return given.toByteArray();
  }

  private static void read(byte[] data, int chunk, ByteArrayOutputStream given) throws IOException {
    try (InputStream in = new ServerErrorDetector(new InChunks(data, chunk), TAG)) {
      in.transferTo(given);
    }
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(42).nextBytes(bytes);
    return bytes;
  }

  private static byte[] join(byte[] first, byte[] second) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.writeBytes(first);
    joined.writeBytes(second);
    return joined.toByteArray();
  }

  /** A network that delivers little at a time. */
  private static final class InChunks extends ByteArrayInputStream {
    private final int chunk;

    InChunks(byte[] data, int chunk) {
      super(data);
      this.chunk = chunk;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, chunk));
    }
  }
}
