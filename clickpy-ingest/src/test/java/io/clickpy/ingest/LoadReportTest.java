package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LoadReportTest {
  private static final FileResult LOADED =
      new FileResult.Loaded(
          URI.create("file:///a"),
          1_000,
          50,
          Map.of(RejectReason.NO_PROJECT, 3L, RejectReason.NO_TIMESTAMP, 2L),
          Duration.ofSeconds(1));
  private static final FileResult ALSO_LOADED =
      new FileResult.Loaded(
          URI.create("file:///b"), 500, 50, Map.of(RejectReason.NO_PROJECT, 1L), Duration.ZERO);
  private static final FileResult SKIPPED = new FileResult.Skipped(URI.create("file:///c"), 7);

  @Test
  void sumsAreThoseOfTheFilesLoaded() {
    LoadReport report =
        new LoadReport(List.of(LOADED, SKIPPED, ALSO_LOADED), Duration.ofMillis(500));

    assertThat(report.rowsRead()).isEqualTo(100);
    assertThat(report.rowsLoaded()).isEqualTo(94);
    assertThat(report.rowsRejected()).isEqualTo(6);
    assertThat(report.rejected())
        .isEqualTo(Map.of(RejectReason.NO_PROJECT, 4L, RejectReason.NO_TIMESTAMP, 2L));
    assertThat(report.bytes()).isEqualTo(1_500);
    assertThat(report.rowsPerSecond()).isEqualTo(200.0);
    assertThat(report.throwIfFailed()).isSameAs(report);
  }

  @Test
  void failuresAreThrownTogetherWithTheirCommonCode() {
    LoadReport report =
        new LoadReport(
            List.of(LOADED, failed("x", ErrorCode.OVERLOADED), failed("y", ErrorCode.OVERLOADED)),
            Duration.ZERO);

    assertThatThrownBy(report::throwIfFailed)
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.OVERLOADED);
              assertThat(e.isRetryable()).isTrue();
              assertThat(e.failed()).isEqualTo(report.failed());
            })
        .hasMessage(
            "Cannot load 2 of 3 files. Load again once they are mended: what is loaded is skipped."
                + "\n  file:///x: why x\n  file:///y: why y");
  }

  @Test
  void failuresThatDifferAreInvalidData() {
    LoadReport report =
        new LoadReport(
            List.of(failed("x", ErrorCode.OVERLOADED), failed("y", ErrorCode.SERVER)),
            Duration.ZERO);

    assertThatThrownBy(report::throwIfFailed)
        .isInstanceOfSatisfying(
            LoadException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATA);
              assertThat(e.isRetryable()).isFalse();
            });
  }

  private static FileResult failed(String name, ErrorCode code) {
    ClickPyException error =
        new ClickPyException(code, "why " + name, null, code == ErrorCode.OVERLOADED, null);
    return new FileResult.Failed(URI.create("file:///" + name), 1, error);
  }
}
