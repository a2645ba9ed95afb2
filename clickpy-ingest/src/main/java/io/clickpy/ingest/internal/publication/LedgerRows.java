package io.clickpy.ingest.internal.publication;

import io.clickpy.ingest.ledger.LedgerEntry;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Entries of a ledger as rows of its table, in ClickHouse's format RowBinary. */
final class LedgerRows {
  /** The columns, in the order in which they are written. */
  static final String COLUMNS =
      "uri, unit, attempt, state, turn, content_tag, bytes, rows_read, rows_rejected, days,"
          + " reason, at";

  private final DataOutputStream out;

  private LedgerRows(OutputStream out) {
    this.out = new DataOutputStream(new BufferedOutputStream(out));
  }

  /** Writes a row for each entry; the stream stays open. */
  static void write(List<LedgerEntry> entries, OutputStream out) throws IOException {
    LedgerRows rows = new LedgerRows(out);
    for (LedgerEntry entry : entries) {
      rows.write(entry);
    }
    rows.out.flush();
  }

  private void write(LedgerEntry entry) throws IOException {
    text(entry.uri().toString());
    text(LoadUnit.id(entry.uri(), entry.contentTag()));
    text(entry.attempt());
    text(entry.state().name());
    number(entry.turn());
    text(entry.contentTag());
    number(entry.bytes());
    number(entry.rowsRead());
    number(entry.rowsRejected());
    days(entry.days());
    text(entry.reason());
    number(entry.at().toEpochMilli());
  }

  private void days(Map<LocalDate, Long> days) throws IOException {
    length(days.size());
    for (Map.Entry<LocalDate, Long> day : days.entrySet()) {
      out.writeShort(Short.reverseBytes((short) day.getKey().toEpochDay()));
      number(day.getValue());
    }
  }

  private void text(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    length(bytes.length);
    out.write(bytes);
  }

  private void number(long value) throws IOException {
    out.writeLong(Long.reverseBytes(value));
  }

  private void length(int length) throws IOException {
    int left = length;
    while (left >= 0x80) {
      out.writeByte(left | 0x80);
      left >>>= 7;
    }
    out.writeByte(left);
  }
}
