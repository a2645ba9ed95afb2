package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.query.GeneratedDatabase.Merges;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The questions of the guide can be asked. */
class GuideIT {
  @RegisterExtension static final GeneratedDatabase DATABASE = GeneratedDatabase.of(Merges.PENDING);

  @Test
  void eachQuestionIsAnsweredFromTheTableOfItsPlan(@TempDir Path output) throws Exception {
    for (Guide.Example example : Guide.examples(output)) {
      assertThat(example.question().toQuery().fetch(DATABASE.clickpy()).table())
          .as(example.sql())
          .contains(example.question().plan().table().name());
    }
  }
}
