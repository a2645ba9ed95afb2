package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The questions of the guide can be asked. */
class GuideIT {
  private static ClickPy clickpy;

  @BeforeAll
  static void load() {
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    GeneratedDownloads.load(clickpy, new Random(1));
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  @Test
  void eachQuestionIsAnsweredFromTheTableOfItsPlan(@TempDir Path output) throws Exception {
    for (Guide.Example example : Guide.examples(output)) {
      assertThat(example.question().toQuery().fetch(clickpy).table())
          .as(example.sql())
          .contains(example.question().plan().table().name());
    }
  }
}
