package io.clickpy.ingest.internal.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.TestServer;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.ledger.LedgerContract;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableLedgerIT extends LedgerContract {
  private final ClickPy clickpy = TestServer.connectToEmptyDatabase();
  private final ClickPy other =
      ClickPy.connect(TestServer.config().database(clickpy.database().value()).build());

  @Override
  protected Ledger ledger() {
    return new TableLedger(clickpy, LoadNames.of(PypiSchema.ofDefaults()));
  }

  @Override
  protected Ledger elsewhere() {
    return new TableLedger(other, LoadNames.of(PypiSchema.ofDefaults()));
  }

  @Test
  void aTableOfBeforeGetsTheDays() {
    Command.of("ALTER TABLE clickpy_loads DROP COLUMN days").execute(clickpy);
    ledger().open();
    LedgerEntry entry =
        new LedgerEntry(
            URI.create("gs://bucket/a"),
            "tag",
            1,
            "loader_1",
            State.LOADED,
            1,
            2,
            0,
            new TreeMap<>(Map.of(LocalDate.of(2024, 8, 12), 2L)),
            "",
            Instant.EPOCH);
    ledger().append(List.of(entry));
    assertThat(ledger().ofAttempt("loader_1")).containsExactly(entry);
  }

  @AfterEach
  void drop() {
    other.close();
    TestServer.dropAndClose(clickpy);
  }
}
