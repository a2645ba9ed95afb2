package io.clickpy.core;

import java.util.Objects;

/**
 * A user and a password. The password is in no message, log or {@link #toString()}.
 *
 * @param user the user's name
 * @param password the password; empty for none
 */
public record Credentials(String user, String password) {

  /** Checks that nothing is missing. */
  public Credentials {
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(password, "password");
    if (user.isBlank()) {
      throw new IllegalArgumentException("Invalid user: (empty)");
    }
  }

  /** Returns ClickHouse's own default: the user {@code default} without a password. */
  public static Credentials ofDefaults() {
    return new Credentials("default", "");
  }

  @Override
  public String toString() {
    return "Credentials[user=" + user + ", password=***]";
  }
}
