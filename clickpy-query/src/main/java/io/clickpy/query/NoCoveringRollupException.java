package io.clickpy.query;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.Dimension;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * No rollup can tell downloads apart by everything that a question names. It is thrown before the
 * server is asked.
 */
public final class NoCoveringRollupException extends ClickPyException {
  private static final long serialVersionUID = 1L;
  private static final int NAMED = 3;

  /**
   * A question that no rollup can answer.
   *
   * @param dimensions what the question names
   * @param nearest the rollups, nearest first, and what each lacks
   * @param wayOut what can be done about it, as a sentence
   */
  public NoCoveringRollupException(
      Set<Dimension> dimensions, List<Plan.Candidate> nearest, String wayOut) {
    super(
        ErrorCode.INVALID_QUERY,
        "Cannot answer from a rollup: [%s] (%s). %s"
            .formatted(
                dimensions.stream().map(Dimension::column).collect(Collectors.joining(", ")),
                nearest.stream()
                    .limit(NAMED)
                    .map(Plan.Candidate::toString)
                    .collect(Collectors.joining("; ")),
                wayOut));
  }
}
