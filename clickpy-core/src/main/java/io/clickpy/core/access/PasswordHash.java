package io.clickpy.core.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a server needs to check a password, so that the password itself never travels.
 *
 * @param hex the SHA-256 of the password and the salt behind it
 * @param salt letters and digits; empty for none
 */
record PasswordHash(String hex, String salt) {
  private static final int SALT_BYTES = 16;

  /** Hashes with a salt of its own. */
  static PasswordHash of(String password) {
    byte[] salt = new byte[SALT_BYTES];
    new SecureRandom().nextBytes(salt);
    return of(password, HexFormat.of().formatHex(salt));
  }

  static PasswordHash of(String password, String salt) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((password + salt).getBytes(StandardCharsets.UTF_8));
      return new PasswordHash(HexFormat.of().formatHex(digest), salt);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256, which every Java platform has", e);
    }
  }
}
