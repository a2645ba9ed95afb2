package io.clickpy.examples.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clickpy.examples.BlogTable;
import io.clickpy.examples.text.TextTable.Column;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TextTableTest {
  /** The blog post "ClickPy reaches one trillion rows", character by character. */
  @Test
  void downloadsOfPandasLookAsInTheBlog() {
    Map<LocalDate, Long> counts = new TreeMap<>();
    counts.put(LocalDate.of(2024, 8, 12), 9_787_106L);
    counts.put(LocalDate.of(2024, 8, 13), 9_727_401L);
    counts.put(LocalDate.of(2024, 8, 14), 9_309_011L);
    counts.put(LocalDate.of(2024, 8, 15), 8_825_396L);
    counts.put(LocalDate.of(2024, 8, 16), 9_428_220L);
    counts.put(LocalDate.of(2024, 8, 17), 5_915_869L);
    counts.put(LocalDate.of(2024, 8, 18), 5_955_829L);
    counts.put(LocalDate.of(2024, 8, 19), 9_118_143L);
    counts.put(LocalDate.of(2024, 8, 20), 9_846_985L);
    long most = Collections.max(counts.values());

    TextTable table =
        TextTable.of(
            Column.right("date"),
            Column.right("count"),
            Column.left("readableSize"),
            Column.left("bar"));
    for (Map.Entry<LocalDate, Long> day : counts.entrySet()) {
      long count = day.getValue();
      table =
          table.row(
              day.getKey(), count, ReadableQuantity.format(count), Bar.of(count, 0, most, 10));
    }

    assertThat(table.render()).isEqualTo(BlogTable.TEXT);
  }

  @Test
  void aColumnIsAsWideAsItsWidestText() {
    TextTable table =
        TextTable.of(Column.left("name"), Column.right("n")).row("a", 1).row("longer", 22);

    assertThat(table.render())
        .isEqualTo(
            """
            ┌─name───┬──n─┐
            │ a      │  1 │
            │ longer │ 22 │
            └────────┴────┘
            """);
  }

  @Test
  void aTableWithoutRowsIsItsFrame() {
    assertThat(TextTable.of(Column.left("name")).render()).isEqualTo("┌─name─┐\n└──────┘\n");
  }

  @Test
  void aCharacterOutsideTheBasicPlaneIsOneCell() {
    assertThat(TextTable.of(Column.left("ab")).row("𝄞").render())
        .isEqualTo("┌─ab─┐\n│ 𝄞  │\n└────┘\n");
  }

  @Test
  void addingARowLeavesTheTableAsItWas() {
    TextTable empty = TextTable.of(Column.left("name"));
    String before = empty.render();

    TextTable more = empty.row("a");

    assertThat(empty.render()).isEqualTo(before).isNotEqualTo(more.render());
  }

  @Test
  void aTableWithoutColumnsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(TextTable::of)
        .withMessage("Invalid table: no columns (must have at least one).");
  }

  @Test
  void aRowOfAnotherLengthIsRefused() {
    TextTable table = TextTable.of(Column.left("a"), Column.left("b"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> table.row("1"))
        .withMessage("Invalid row: 1 values (the table has 2 columns).");
  }
}
