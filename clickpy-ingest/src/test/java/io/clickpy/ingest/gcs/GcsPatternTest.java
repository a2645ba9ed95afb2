package io.clickpy.ingest.gcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GcsPatternTest {
  @ParameterizedTest
  @CsvSource({
    "gs://bkt/a.parquet, a.parquet, true",
    "gs://bkt/a.parquet, a.parquet2, false",
    "gs://bkt/a.parquet, aXparquet, false",
    "gs://bkt/p*, p-1.parquet, true",
    "gs://bkt/p*, p, true",
    "gs://bkt/p*, p/1, false",
    "gs://bkt/p**, p/1, true",
    "gs://bkt/*/x-?.parquet, 2024/x-1.parquet, true",
    "gs://bkt/*/x-?.parquet, 2024/x-10.parquet, false",
    "gs://bkt/*/x-?.parquet, 2024/01/x-1.parquet, false",
    "gs://bkt/[a]{b}*, [a]{b}c, true",
    "gs://bkt/[a]{b}*, ab, false",
    "gs://bkt/dir/, dir/a.parquet, true",
    "gs://bkt/dir/, dir/sub/a.parquet, true",
    "gs://bkt/dir/, dir/, false",
    "gs://bkt/dir/, dir/a.csv, false",
    "gs://bkt/dir/, dir/_tmp/a.parquet, false",
    "gs://bkt/dir/, dir/.a.parquet, false",
    "gs://bkt/dir/, dir/x_y.z.parquet, true",
    "gs://bkt/, a.parquet, true"
  })
  void namesMatch(String pattern, String name, boolean matches) {
    assertThat(GcsPattern.parse(pattern).matches(name)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "gs://b-u.c_k/a/b.parquet, b-u.c_k, a/b.parquet",
    "gs://bucket/a/b*c*, bucket, a/b",
    "gs://bucket/a/?, bucket, a/",
    "gs://bucket/, bucket, ''"
  })
  void theBucketIsAskedForWhatAllNamesBeginWith(String pattern, String bucket, String prefix) {
    assertThat(GcsPattern.parse(pattern).bucket()).isEqualTo(bucket);
    assertThat(GcsPattern.parse(pattern).prefix()).isEqualTo(prefix);
    assertThat(GcsPattern.parse(pattern)).hasToString(pattern);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3://bucket/a", "gs://bucket", "gs:///a", "bucket/a", "gs://*/a", ""})
  void whatIsNoPatternIsRefused(String text) {
    assertThatThrownBy(() -> GcsSource.of(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid pattern: %s (must be gs://bucket/name). Use gs://bucket/name.parquet, gs://bucket/folder/ or gs://bucket/prefix*."
                .formatted(text));
  }

  @Test
  void aNewlineInANameIsAnyCharacter() {
    assertThat(GcsPattern.parse("gs://bkt/a**").matches("a\n/b")).isTrue();
  }
}
