package io.clickpy.ingest.internal.parquet;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/** Unpacks pages into arrays of the length that they must have. */
@FunctionalInterface
interface Decompressor {
  /** Unpacks, and returns how many bytes it has written, at most the length allowed. */
  int unpack(byte[] in, int offset, int length, byte[] out, int outOffset, int outLength)
      throws IOException;

  /**
   * Returns the one for a codec.
   *
   * @throws DamagedColumnException if there is none here
   */
  static Decompressor of(CompressionCodec codec) throws DamagedColumnException {
    return switch (codec) {
      case UNCOMPRESSED -> Decompressor::copy;
      case SNAPPY -> airlift(new SnappyDecompressor());
      case ZSTD -> airlift(new ZstdDecompressor());
      case LZ4_RAW -> airlift(new Lz4Decompressor());
      case GZIP -> Decompressor::gunzip;
      default ->
          throw new DamagedColumnException(
              "it is packed by %s, which cannot be unpacked here; StagingMode.PUSH_PARQUET lets the server do it"
                  .formatted(codec));
    };
  }

  /** Returns whether there is one for a codec. */
  static boolean isKnown(CompressionCodec codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, ZSTD, LZ4_RAW, GZIP -> true;
      default -> false;
    };
  }

  private static Decompressor airlift(io.airlift.compress.Decompressor codec) {
    return (in, offset, length, out, outOffset, outLength) -> {
      try {
        return codec.decompress(in, offset, length, out, outOffset, outLength);
      } catch (MalformedInputException | IllegalArgumentException e) {
        throw new DamagedColumnException("a page cannot be unpacked");
      }
    };
  }

  private static int copy(
      byte[] in, int offset, int length, byte[] out, int outOffset, int outLength) {
    System.arraycopy(in, offset, out, outOffset, Math.min(length, outLength));
    return length;
  }

  private static int gunzip(
      byte[] in, int offset, int length, byte[] out, int outOffset, int outLength)
      throws IOException {
    try (GZIPInputStream unpacked =
        new GZIPInputStream(new ByteArrayInputStream(in, offset, length))) {
      return unpacked.readNBytes(out, outOffset, outLength);
    } catch (IOException e) {
      throw new DamagedColumnException("a page cannot be unpacked");
    }
  }
}
