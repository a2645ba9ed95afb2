package io.clickpy.core.migrate;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.core.TestServer;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A database name of its own for each test; nothing is created. Dropped behind the test. */
final class TestDatabase implements BeforeEachCallback, AfterEachCallback {
  private ClickPy clickpy;

  @Override
  public void beforeEach(ExtensionContext context) {
    clickpy = TestServer.connect();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    TestServer.dropAndClose(clickpy);
  }

  ClickPy clickpy() {
    return clickpy;
  }

  /** Returns another in the place of the one that was. */
  ClickPy another() {
    TestServer.dropAndClose(clickpy);
    clickpy = TestServer.connect();
    return clickpy;
  }

  /** What would create each object, by name, without the database's name. */
  static Map<String, String> definitions(ClickPy clickpy) {
    String database = clickpy.database().value();
    return Query.of(
            "SELECT name, create_table_query FROM system.tables WHERE database = currentDatabase()",
            row -> Map.entry(row.string("name"), row.string("create_table_query")))
        .fetch(clickpy)
        .stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                definition -> definition.getValue().replace(database, "db"),
                (a, b) -> a,
                TreeMap::new));
  }

  static long count(ClickPy clickpy, String table) {
    return Query.of("SELECT count() AS rows FROM " + table, row -> row.longValue("rows"))
        .fetch(clickpy)
        .get(0);
  }
}
