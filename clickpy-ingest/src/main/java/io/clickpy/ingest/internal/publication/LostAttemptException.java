package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;

/** What is staged is not there any more, and nothing of it has been published. */
public final class LostAttemptException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  LostAttemptException(Attempt attempt) {
    super(
        ErrorCode.NOT_FOUND,
        "Cannot publish what was staged (the tables of %s were dropped: its loader was not heard of for longer than its lease). Load again."
            .formatted(attempt.id()),
        null,
        true,
        null);
  }
}
