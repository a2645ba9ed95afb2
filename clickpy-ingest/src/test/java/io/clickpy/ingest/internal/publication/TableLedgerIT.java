package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.ingest.ledger.Ledger;
import io.clickpy.ingest.ledger.LedgerContract;
import org.junit.jupiter.api.AfterEach;

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

  @AfterEach
  void drop() {
    other.close();
    TestServer.dropAndClose(clickpy);
  }
}
