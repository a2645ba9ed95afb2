package io.clickpy.ingest.ledger;

class MemoryLedgerTest extends LedgerContract {
  private final Ledger ledger = new MemoryLedger();

  @Override
  protected Ledger ledger() {
    return ledger;
  }

  @Override
  protected Ledger elsewhere() {
    return ledger;
  }
}
