package io.clickpy.core.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/schema.md} says what the schema is; {@code -Ddocs.update} rewrites it. */
class SchemaReferenceTest {
  private static final Path PAGE = Path.of("..", "docs", "reference", "schema.md");

  private final PypiSchema schema = PypiSchema.ofDefaults();

  @Test
  void pageIsWhatTheDescriptionSays() throws IOException {
    String expected = page();
    if (System.getProperty("docs.update") != null) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, expected);
    }

    assertThat(PAGE)
        .as("run this test with -Ddocs.update to rewrite the page")
        .content()
        .isEqualTo(expected);
  }

  private String page() {
    return Stream.of(
            Stream.of(
                """
                # Schema

                Generated from `PypiSchema`; do not edit. Names and columns are ClickPy's.
                """),
            Stream.of(rollups()),
            schema.tables().stream().map(this::table),
            schema.dictionaries().stream().map(SchemaReferenceTest::dictionary))
        .flatMap(sections -> sections)
        .collect(Collectors.joining("\n"));
  }

  private String rollups() {
    String rows =
        schema.rollups().stream()
            .map(
                rollup ->
                    "| [`%1$s`](#%1$s) | %2$s | %3$s | `%4$s` |"
                        .formatted(
                            rollup.name(),
                            String.join(", ", rollup.sortKey()),
                            names(rollup.measure().columns()),
                            rollup.derivedFrom().name()))
            .collect(Collectors.joining("\n"));
    return """
        ## Rollups

        Each is filled by a view of its name and `_mv` from every insert into `pypi`. A bulk load derives it from another
        table instead. Rows of equal dimensions may not be merged yet: always aggregate.

        | table | tells apart by | keeps | derived from |
        |---|---|---|---|
        %s
        """
        .formatted(rows);
  }

  private String table(Table table) {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(table.name()).append("\n\n").append(table.description());
    text.append("\n\n`%s`, sorted by `%s`".formatted(table.engine(), join(table.sortKey())));
    table
        .skipIndexes()
        .forEach(
            index ->
                text.append(", %s index over `%s`".formatted(index.type(), index.expression())));
    return text.append(".\n\n").append(columns(table.columns())).toString();
  }

  private static String dictionary(Dictionary dictionary) {
    return "## %s\n\n%s\n\nDictionary over `%s`, by `%s`.\n\n%s"
        .formatted(
            dictionary.name(),
            dictionary.description(),
            dictionary.source().name(),
            dictionary.key(),
            columns(dictionary.columns()));
  }

  private static String columns(List<Column> columns) {
    return "| column | type | |\n|---|---|---|\n"
        + columns.stream()
            .map(c -> "| `%s` | `%s` | %s |\n".formatted(c.name(), c.type(), c.description()))
            .collect(Collectors.joining());
  }

  private static String names(List<Column> columns) {
    return join(columns.stream().map(Column::name).toList());
  }

  private static String join(List<String> names) {
    return String.join(", ", names);
  }
}
