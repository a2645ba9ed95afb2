package io.clickpy.ingest;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Some files of a load failed. The others are loaded.
 *
 * <p>The code is that of the failures if they all agree, else {@link ErrorCode#INVALID_DATA}. A
 * repeat can help if it can for every failure.
 */
public final class LoadException extends ClickPyException {
  private static final long serialVersionUID = 1L;

  private final transient List<FileResult.Failed> failed;

  LoadException(List<FileResult.Failed> failed, int of) {
    super(code(failed), message(failed, of), failed.get(0).error(), retryable(failed), null);
    this.failed = List.copyOf(failed);
  }

  /** Returns the files that failed. */
  public List<FileResult.Failed> failed() {
    return failed;
  }

  private static ErrorCode code(List<FileResult.Failed> failed) {
    Set<ErrorCode> codes = failed.stream().map(FileResult.Failed::code).collect(Collectors.toSet());
    return codes.size() == 1 ? codes.iterator().next() : ErrorCode.INVALID_DATA;
  }

  private static boolean retryable(List<FileResult.Failed> failed) {
    return failed.stream().allMatch(file -> file.error().isRetryable());
  }

  private static String message(List<FileResult.Failed> failed, int of) {
    return failed.stream()
        .map(file -> "\n  %s: %s".formatted(file.uri(), file.reason()))
        .collect(
            Collectors.joining(
                "",
                "Cannot load %s of %s files. Load again once they are mended: what is loaded is skipped."
                    .formatted(failed.size(), of),
                ""));
  }
}
