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
   */
  public NoCoveringRollupException(Set<Dimension> dimensions, List<Plan.Candidate> nearest) {
    super(ErrorCode.INVALID_QUERY, message(dimensions, nearest));
  }

  private static String message(Set<Dimension> dimensions, List<Plan.Candidate> nearest) {
    return "Cannot answer from a rollup: [%s] (%s). Ask without one of them, or allow a raw scan: allowRawScan(budget)."
        .formatted(
            dimensions.stream().map(Dimension::column).collect(Collectors.joining(", ")),
            nearest.stream()
                .limit(NAMED)
                .map(Plan.Candidate::toString)
                .collect(Collectors.joining("; ")));
  }
}
