package io.clickpy.ingest.internal;

/** Why something failed, in words. */
final class Reasons {
  private Reasons() {}

  static String of(Throwable thrown) {
    String message = thrown.getMessage();
    String type = thrown.getClass().getSimpleName();
    return message == null || message.isBlank() ? type : type + ": " + message;
  }
}
