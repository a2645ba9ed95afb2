package io.clickpy.ingest.gcs;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.StorageException;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.source.FileChangedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import org.jspecify.annotations.Nullable;

/** A range of an object; says in our words what the client says in its own. */
final class GcsStream extends InputStream {
  private static final int NOT_FOUND = 404;
  private static final int NO_SUCH_RANGE = 416;

  private final ReadChannel channel;
  private final InputStream bytes;

  GcsStream(ReadChannel channel) {
    this.channel = channel;
    this.bytes = Channels.newInputStream(channel);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return bytes.read(buffer, offset, length);
    } catch (IOException | StorageException e) {
      throw ours(e);
    }
  }

  /** A generation that is gone has been overwritten or deleted. */
  private static IOException ours(Exception e) {
    StorageException storage = storage(e);
    if (storage == null) {
      return e instanceof IOException io ? io : new IOException(e);
    }
    if (storage.getCode() == NOT_FOUND || storage.getCode() == NO_SUCH_RANGE) {
      return new FileChangedException();
    }
    throw new ClickPyException(
        ErrorCode.INVALID_DATA,
        "It cannot be read (%s). Check the credentials and the network."
            .formatted(GcsSource.reason(storage)),
        e,
        storage.isRetryable(),
        null);
  }

  private static @Nullable StorageException storage(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof StorageException storage) {
        return storage;
      }
    }
    return null;
  }

  @Override
  public void close() {
    channel.close();
  }
}
