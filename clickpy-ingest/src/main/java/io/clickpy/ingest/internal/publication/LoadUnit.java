package io.clickpy.ingest.internal.publication;

import io.clickpy.ingest.source.SourceFile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is loaded as a whole or not at all: one file, with one content.
 *
 * @param id the same for the same unit, always and everywhere; letters and digits
 * @param uri the file's name
 * @param contentTag what tells its content from another
 * @param bytes the file's size
 */
public record LoadUnit(String id, URI uri, String contentTag, long bytes) {
  private static final int ID_BYTES = 12;
  private static final String REPAIR = "clickpy:repair/";

  /** Returns the unit that a file is. */
  public static LoadUnit of(SourceFile file) {
    return new LoadUnit(
        id(file.uri(), file.contentTag()), file.uri(), file.contentTag(), file.size());
  }

  /** Returns what a replacement of days is known as, which is no file: it is published likewise. */
  public static URI repair(long number) {
    return URI.create(REPAIR + number);
  }

  /** Returns whether this is the name of a replacement of days. */
  static boolean isRepair(URI uri) {
    return uri.toString().startsWith(REPAIR);
  }

  /** Returns the id of a file with a content. */
  static String id(URI uri, String contentTag) {
    String identity = uri + "\n" + contentTag;
    return HexFormat.of()
        .formatHex(sha256().digest(identity.getBytes(StandardCharsets.UTF_8)), 0, ID_BYTES);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
