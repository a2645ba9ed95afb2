package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The guide shows SQL and plan as the library has them; {@code -Ddocs.update} writes them there.
 */
class GuideTest {

  @Test
  void theSqlAndThePlanOfEachQuestionAreTheLibrarys(@TempDir Path output) throws Exception {
    List<Guide.Example> examples = Guide.examples(output);

    assertThat(examples).hasSizeGreaterThanOrEqualTo(30);
    if (Boolean.getBoolean("docs.update")) {
      Guide.update(examples);
      return;
    }
    for (Guide.Example example : examples) {
      assertThat(example.sql()).isEqualTo(example.question().sql());
      assertThat(example.plan()).isEqualTo(Guide.planOf(example.question()));
    }
  }
}
