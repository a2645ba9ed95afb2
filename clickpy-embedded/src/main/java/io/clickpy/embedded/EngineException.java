package io.clickpy.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Says that an engine could not be found, fetched, started or stopped. The message names what
 * failed, the cause and the way out.
 */
public final class EngineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EngineException(String message) {
    super(message);
  }

  EngineException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
