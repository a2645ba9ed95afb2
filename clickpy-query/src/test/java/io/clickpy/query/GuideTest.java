package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide shows the SQL that the library renders; {@code -Ddocs.update} writes it there. */
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
      assertThat(example.question().plan().toString().lines()).first().isEqualTo(example.plan());
    }
  }
}
