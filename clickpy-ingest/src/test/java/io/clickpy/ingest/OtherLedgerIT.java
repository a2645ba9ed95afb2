package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.Query;
import io.clickpy.ingest.ledger.LedgerEntry;
import io.clickpy.ingest.ledger.LedgerEntry.State;
import io.clickpy.ingest.ledger.MemoryLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Loads that note what they do elsewhere than in the database. */
class OtherLedgerIT extends LoaderTestBase {
  private final MemoryLedger ledger = new MemoryLedger();

  @Test
  void filesCountOnceByAnyLedger() throws IOException {
    Path a = ExportFile.with().write(file("a"), downloads(100));
    Path b = ExportFile.with().write(file("b"), downloads(50));
    Path bad = Files.writeString(file("c"), "This is no Parquet, but long enough to be asked.");

    LoadReport report = loader(a, b, bad).ledger(ledger).load();
    assertThat(report.loaded()).hasSize(2);
    assertThat(report.failed()).hasSize(1);
    LoadReport again = loader(a, b, bad).ledger(ledger).load();
    assertThat(again.skipped()).hasSize(2);
    assertThat(again.failed().get(0).reason()).startsWith("It failed on ");

    assertThat(Tables.count(clickpy)).isEqualTo(150);
    Tables.assertRollupsEqualRaw(clickpy);
    Tables.assertNothingStaged(clickpy);
    assertThat(ledger.ofFiles(List.of(a.toUri(), b.toUri(), bad.toUri())))
        .extracting(LedgerEntry::state)
        .containsExactlyInAnyOrder(State.LOADED, State.LOADED, State.FAILED);
    assertThat(
            Query.of(
                    "SELECT name FROM system.tables"
                        + " WHERE database = currentDatabase() AND name = 'clickpy_loads'",
                    row -> row.string("name"))
                .fetch(clickpy))
        .isEmpty();
  }
}
