package io.clickpy.embedded;

import org.jspecify.annotations.Nullable;

/** Says why the cache has no engine and none could be fetched into it. */
final class EngineFetchException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String cacheState;

  EngineFetchException(String cacheState, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.cacheState = cacheState;
  }

  /** The library's place in the cache, and what is wrong with it. */
  String cacheState() {
    return cacheState;
  }
}
