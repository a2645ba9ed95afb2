package io.clickpy.core.migrate;

/** What has been filled is not what it should be; it has to be filled anew. */
final class DisturbedFillException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DisturbedFillException(String message) {
    super(message);
  }
}
