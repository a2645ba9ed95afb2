package io.clickpy.query.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.clickpy.query.BucketDownloads;
import io.clickpy.query.TimeBucket;
import io.clickpy.query.text.TextTable.Column;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTableTest {
  @Test
  void rowsThatAreRecordsAreATable() {
    List<BucketDownloads> rows =
        List.of(
            new BucketDownloads(
                new TimeBucket(LocalDate.of(2024, 8, 12), LocalDate.of(2024, 8, 18), false), 7),
            new BucketDownloads(
                new TimeBucket(LocalDate.of(2024, 8, 19), LocalDate.of(2024, 8, 25), true), 11));

    assertThat(TextTable.of(BucketDownloads.class, rows).render())
        .isEqualTo(
            """
            ┌─bucket.first─┬─bucket.last─┬─bucket.partial─┬─count─┐
            │   2024-08-12 │  2024-08-18 │ false          │     7 │
            │   2024-08-19 │  2024-08-25 │ true           │    11 │
            └──────────────┴─────────────┴────────────────┴───────┘
            """);
    assertThat(TextTable.of(BucketDownloads.class, List.of()).render())
        .startsWith("┌─bucket.first─┬─bucket.last─┬─bucket.partial─┬─count─┐\n└──");
  }

  @Test
  void aTextFromOutsideCannotCommandTheTerminal() {
    assertThat(TextTable.of(Column.left("v")).row("\u001b[2J\n\t\u0085").render())
        .contains("│ \\u001b[2J\\n\\t\\u0085 │");
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
