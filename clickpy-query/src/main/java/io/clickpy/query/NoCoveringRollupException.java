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
 *
 * <p>Of Python, of the system, and of what the installers and the kinds of file tell, a question of
 * {@link PypiStats} can name one: as what its answer is told apart by, or as a filter, {@code
 * excludingMirrors()} among those by installer. Whatever else it names, project, version, country,
 * days, goes with each of them. So {@code downloadsByPython("pandas").country("DE")} is answered,
 * {@code downloadsByPython("pandas").system("Linux")} is not. The way out is in the message: the
 * filter to leave out, or {@link PlannedQuery#allowRawScan}.
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
