package io.clickpy.examples;

import io.clickpy.query.DailyDownloads;
import io.clickpy.query.text.Bar;
import io.clickpy.query.text.ReadableQuantity;
import io.clickpy.query.text.TextTable;
import io.clickpy.query.text.TextTable.Column;
import java.util.List;

/** Downloads per day as ClickHouse's client prints them: date, count, readable size and bar. */
final class DailyTable {
  private static final int BAR_WIDTH = 10;

  private DailyTable() {}

  static String render(List<DailyDownloads> days) {
    long most = days.stream().mapToLong(DailyDownloads::count).max().orElse(1);
    TextTable table =
        TextTable.of(
            Column.right("date"),
            Column.right("count"),
            Column.left("readableSize"),
            Column.left("bar"));
    for (DailyDownloads day : days) {
      table =
          table.row(
              day.date(),
              day.count(),
              ReadableQuantity.format(day.count()),
              Bar.of(day.count(), 0, most, BAR_WIDTH));
    }
    return table.render();
  }
}
