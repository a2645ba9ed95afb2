package io.clickpy.ingest.internal.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoadNamesTest {
  private static final Attempt ATTEMPT = new Attempt("3fa9c2d1", 7);

  @ParameterizedTest
  @ValueSource(strings = {"", "other_", "clickpy_stage_"})
  void everyPrivateTableTellsWhoseItIs(String prefix) {
    LoadNames names =
        LoadNames.of(prefix.isEmpty() ? PypiSchema.ofDefaults() : PypiSchema.withPrefix(prefix));
    for (Table table : LoadNames.filled(names.live())) {
      String ready = names.ready(ATTEMPT, table.name());
      assertThat(names.attempt(ready)).contains(ATTEMPT);
      assertThat(names.attempt(table.name())).isEmpty();
    }
    assertThat(LoadNames.filled(names.staged(ATTEMPT)))
        .allSatisfy(table -> assertThat(names.attempt(table.name())).contains(ATTEMPT));
  }

  @Test
  void whatIsNoTableOfAnAttemptIsNobodys() {
    LoadNames names = LoadNames.of(PypiSchema.ofDefaults());
    assertThat(names.attempt("clickpy_turn_7_1")).isEmpty();
    assertThat(names.attempt("clickpy_ready_mine")).isEmpty();
    assertThat(names.attempt("")).isEmpty();
  }
}
