package io.clickpy.ingest;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How many inserts the raw table and each rollup remember, so that one that is sent twice counts
 * once. A {@link DownloadWriter} needs it.
 *
 * <p>Migrations leave it at none, because it changes what a plain {@code INSERT} means: one without
 * a token that brings exactly the rows of a remembered one is then taken for its repeat, and
 * <strong>vanishes without a word</strong>. So switch it on only where every other program that
 * inserts downloads directly sends an {@code insert_deduplication_token} of its own.
 *
 * <pre>{@code
 * SchemaMigrator.of(clickpy).migrate();
 * DeduplicationWindow.of(clickpy).set(10_000);
 * }</pre>
 *
 * <p>Setting it takes a moment, whatever the tables hold, and blocks nobody. The server keeps about
 * a hundred bytes of memory for each insert and table. Immutable and thread-safe.
 */
public final class DeduplicationWindow {
  private static final String PLAIN = "non_replicated_deduplication_window";
  private static final String REPLICATED = "replicated_deduplication_window";

  private final ClickPy clickpy;

  private DeduplicationWindow(ClickPy clickpy) {
    this.clickpy = clickpy;
  }

  /** Returns the window of the connection's tables. */
  public static DeduplicationWindow of(ClickPy clickpy) {
    return new DeduplicationWindow(Objects.requireNonNull(clickpy, "clickpy"));
  }

  /**
   * Lets each table remember its newest inserts. May be repeated, and changed at any time.
   *
   * @param inserts how many; more than all writers together send in the time in which a batch may
   *     be sent again. 10,000 is plenty for most
   * @throws IllegalArgumentException if it is not positive
   * @throws ClickPyException if a table is missing, or the server cannot be reached or refuses
   */
  public void set(int inserts) {
    if (inserts < 1) {
      throw new IllegalArgumentException("Invalid window: %s (must be > 0)".formatted(inserts));
    }
    for (Remembering table : read()) {
      alter(table, "MODIFY SETTING %s = %s".formatted(table.setting(), inserts));
    }
  }

  /**
   * Lets the tables be as migrations made them. Writers that are open then count a batch twice that
   * they send twice.
   *
   * @throws ClickPyException if a table is missing, or the server cannot be reached or refuses
   */
  public void reset() {
    for (Remembering table : read()) {
      alter(table, "RESET SETTING " + table.setting());
    }
  }

  private void alter(Remembering table, String change) {
    Command.of("ALTER TABLE %s %s".formatted(table.name(), change)).repeatable().execute(clickpy);
  }

  /**
   * Returns how many inserts every table remembers: the smallest of their windows, 0 if one has
   * none.
   *
   * @throws ClickPyException if a table is missing, or the server cannot be reached
   */
  public int inserts() {
    return (int)
        Math.min(
            read().stream().mapToLong(Remembering::inserts).min().orElse(0), Integer.MAX_VALUE);
  }

  /**
   * Checks that a batch that is written twice counts once.
   *
   * @throws ClickPyException if it would not, naming the tables
   */
  void require() {
    String forgetful =
        read().stream()
            .filter(table -> table.inserts() == 0)
            .map(Remembering::name)
            .collect(Collectors.joining(", "));
    if (!forgetful.isEmpty()) {
      throw new ClickPyException(
          ErrorCode.SCHEMA,
          "Cannot write downloads exactly once: %s would count a batch twice that is sent twice. Let the tables remember inserts: DeduplicationWindow.of(clickpy).set(10_000)."
              .formatted(forgetful));
    }
  }

  private List<Remembering> read() {
    Map<String, Remembering> found = new LinkedHashMap<>();
    Query.of(
            "SELECT name, engine, engine_full,"
                + " (SELECT toInt64(value) FROM system.merge_tree_settings WHERE name = {plain:String}) AS plain,"
                + " (SELECT toInt64(value) FROM system.merge_tree_settings WHERE name = {replicated:String}) AS replicated"
                + " FROM system.tables WHERE database = currentDatabase()",
            row ->
                Remembering.of(
                    row.string("name"),
                    row.string("engine"),
                    row.string("engine_full"),
                    row.longValue("plain"),
                    row.longValue("replicated")))
        .bind("plain", PLAIN)
        .bind("replicated", REPLICATED)
        .fetch(clickpy)
        .forEach(table -> found.put(table.name(), table));
    requireObjects(found);
    return tables().map(table -> Objects.requireNonNull(found.get(table.name()))).toList();
  }

  /** Without its view, a rollup would miss what is written. */
  private void requireObjects(Map<String, Remembering> found) {
    List<String> missing = new ArrayList<>();
    tables().map(Table::name).filter(name -> !found.containsKey(name)).forEach(missing::add);
    PypiSchema.ofDefaults().rollups().stream()
        .map(Rollup::viewName)
        .filter(name -> !found.containsKey(name))
        .forEach(missing::add);
    if (!missing.isEmpty()) {
      throw new ClickPyException(
          ErrorCode.NOT_FOUND,
          "Cannot write downloads into database %s (it has no %s). Migrate it: SchemaMigrator.of(clickpy).migrate()."
              .formatted(clickpy.database(), String.join(", ", missing)));
    }
  }

  private static Stream<Table> tables() {
    PypiSchema schema = PypiSchema.ofDefaults();
    return Stream.concat(Stream.of(schema.downloads()), schema.rollups().stream());
  }

  @Override
  public String toString() {
    return "DeduplicationWindow[" + clickpy + "]";
  }

  /**
   * What a table remembers.
   *
   * @param name the table
   * @param setting the setting that says it
   * @param inserts how many inserts
   */
  private record Remembering(String name, String setting, long inserts) {
    static Remembering of(String name, String engine, String full, long plain, long replicated) {
      if (!engine.endsWith("MergeTree")) {
        return new Remembering(name, PLAIN, 0);
      }
      boolean isPlain = !engine.matches("(Replicated|Shared).*");
      String setting = isPlain ? PLAIN : REPLICATED;
      Matcher own = Pattern.compile("[ ,]" + setting + " = (\\d+)").matcher(full);
      long inserts = own.find() ? Long.parseLong(own.group(1)) : isPlain ? plain : replicated;
      return new Remembering(name, setting, inserts);
    }
  }
}
