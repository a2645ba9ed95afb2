package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;

/** Nobody can tell whether a table was moved; somebody has to look. */
public final class UndecidedException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  UndecidedException(String message) {
    super(ErrorCode.INVALID_DATA, message);
  }

  static UndecidedException unclear(String ready, String live) {
    return new UndecidedException(
        "Cannot tell whether %1$s was moved into %2$s before the server was killed (neither parts nor sums say so). Compare them. If its rows are there: TRUNCATE TABLE %1$s. If not: ALTER TABLE %1$s MOVE PARTITION tuple() TO TABLE %2$s. Then load again."
            .formatted(ready, live));
  }

  static UndecidedException dropped(String ready, String live, String turn) {
    return new UndecidedException(
        "Cannot tell whether %1$s was moved into %2$s (it was dropped). Only if no table has rows of this file: drop the tables %3$s_*, and load it again."
            .formatted(ready, live, turn));
  }
}
