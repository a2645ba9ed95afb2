package io.clickpy.ingest.source;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A file of the local file system, as it was when it was listed.
 *
 * @param path where it is
 * @param size its size in bytes
 * @param contentTag size and time of the last change
 * @param serverRead how the server can read it itself, if it can
 */
record LocalFile(Path path, long size, String contentTag, Optional<ServerRead> serverRead)
    implements SourceFile {

  static LocalFile of(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new LocalFile(path, attributes.size(), tag(attributes), Optional.empty());
  }

  /** Returns a file that the server sees under the same path. */
  static LocalFile shared(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    ServerRead read =
        new ServerRead.File(path.toString(), attributes.lastModifiedTime().toInstant());
    return new LocalFile(path, attributes.size(), tag(attributes), Optional.of(read));
  }

  private static String tag(BasicFileAttributes attributes) {
    return attributes.size() + "-" + attributes.lastModifiedTime().to(TimeUnit.MICROSECONDS);
  }

  @Override
  public URI uri() {
    return path.toUri();
  }

  @Override
  public InputStream open(long offset, long length) throws IOException {
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      if (!tag(Files.readAttributes(path, BasicFileAttributes.class)).equals(contentTag)) {
        throw new FileChangedException();
      }
      channel.position(offset);
      return new Range(new BufferedInputStream(Channels.newInputStream(channel)), length);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /** Ends a stream after so many bytes. */
  private static final class Range extends FilterInputStream {
    private long left;

    Range(InputStream in, long length) {
      super(in);
      left = length;
    }

    @Override
    public int read() throws IOException {
      int b = left == 0 ? -1 : in.read();
      left -= b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length > 0 && left == 0) {
        return -1;
      }
      int count = in.read(bytes, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = in.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(in.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
