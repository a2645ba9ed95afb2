package io.clickpy.core.country;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Insert;
import io.clickpy.core.Query;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.ReferenceTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/**
 * Replaces the names of the countries, which migrations fill from the JDK's ISO 3166 list.
 *
 * <p>The new names are put into a table of their own, checked there, and exchanged with the old
 * ones in one step: whoever asks meanwhile sees the old names or the new, and a failure anywhere
 * leaves the old. Codes that are no country's ({@code EU}, the empty code, …) keep their built-in
 * names where the file has none.
 *
 * <pre>{@code
 * Countries.of(clickpy).replaceFrom(Path.of("countries.csv"));
 * }</pre>
 *
 * <p>It works on one server; of shards without a Keeper, call it for each. Immutable and
 * thread-safe; of two calls at once, the names of the later one stay.
 */
@CheckReturnValue
public final class Countries {
  /** A file of which less than this share of the countries is left is taken for a cut one. */
  private static final double SMALLEST_SHARE = 0.9;

  private final ClickPy clickpy;
  private final PypiSchema schema;
  private final boolean fewer;

  private Countries(ClickPy clickpy, PypiSchema schema, boolean fewer) {
    this.clickpy = clickpy;
    this.schema = schema;
    this.fewer = fewer;
  }

  /** Returns the countries of the connection's database. */
  public static Countries of(ClickPy clickpy) {
    return new Countries(
        Objects.requireNonNull(clickpy, "clickpy"), PypiSchema.ofDefaults(), false);
  }

  /** Returns the countries of a schema under other names. */
  public Countries schema(PypiSchema value) {
    return new Countries(clickpy, Objects.requireNonNull(value, "schema"), fewer);
  }

  /**
   * Returns the same, but a file may hold much fewer names than there are. By default one that
   * would leave less than nine tenths is refused, because it is more often cut than meant.
   */
  public Countries allowFewer() {
    return new Countries(clickpy, schema, true);
  }

  /**
   * Replaces all names by those of a CSV file, as the list of ISO 3166 is published in: comma,
   * double quotes (RFC 4180), UTF-8, and a first line that names the columns. Of these {@code name}
   * and {@code alpha-2} are read, wherever they stand.
   *
   * @return how many names there are now, the built-in ones of other codes among them
   * @throws ClickPyException with {@link ErrorCode#INVALID_DATA} if the file cannot be read, lacks
   *     a column, has a code that is not two capital letters or stands twice, or a row without
   *     name, or is much shorter than what it replaces; the old names stay
   * @throws ClickPyException if the server cannot be reached or refuses
   */
  @CanIgnoreReturnValue
  public long replaceFrom(Path csv) {
    ReferenceTable live = schema.countries();
    requireExchangeable(live);
    ReferenceTable staged =
        new ReferenceTable(
            live.name() + "_new_" + UUID.randomUUID().toString().replace("-", ""),
            live.columns(),
            live.sortKey(),
            live.skipIndexes(),
            live.description());
    Command.of(Ddl.createTable(staged)).execute(clickpy);
    try {
      stage(csv, staged);
      requireValid(csv, staged);
      addOtherCodes(staged);
      long names = count(staged);
      requireEnough(csv, names, count(live));
      Command.of("EXCHANGE TABLES %s AND %s".formatted(live.name(), staged.name()))
          .execute(clickpy);
      Command.of("SYSTEM RELOAD DICTIONARY " + schema.dictionary("countries_dict").name())
          .repeatable()
          .execute(clickpy);
      return names;
    } finally {
      Command.of("DROP TABLE IF EXISTS %s SYNC".formatted(staged.name()))
          .repeatable()
          .execute(clickpy);
    }
  }

  /** A replica would exchange its own table only. */
  private void requireExchangeable(ReferenceTable table) {
    List<String> engines =
        Query.of(
                "SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = {table:String}",
                row -> row.string("engine"))
            .bind("table", table.name())
            .fetch(clickpy);
    if (engines.stream().anyMatch(engine -> engine.startsWith("Replicated"))) {
      throw new ClickPyException(
          ErrorCode.SCHEMA,
          "Cannot replace the countries in %s.%s (%s is exchanged on one server only). Insert into the table, or delete from it, what is to change."
              .formatted(clickpy.database(), table.name(), engines.get(0)));
    }
  }

  private void stage(Path csv, ReferenceTable staged) {
    if (!Files.isReadable(csv)) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA, "Cannot read countries from %s (no such file)".formatted(csv));
    }
    try {
      Insert.into(
              staged.name()
                  + " (name, code) SELECT trimBoth(name), trimBoth(`alpha-2`)"
                  + " FROM input('name String, `alpha-2` String')",
              "CSVWithNames",
              out -> Files.copy(csv, out))
          .setting("async_insert", "0")
          .setting("input_format_with_names_use_header", "1")
          .setting("input_format_skip_unknown_fields", "1")
          .setting("input_format_csv_empty_as_default", "1")
          .execute(clickpy);
    } catch (ClickPyException e) {
      if (e.code() == ErrorCode.CONNECTION || e.code() == ErrorCode.OUTCOME_UNKNOWN) {
        throw e;
      }
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot read countries from %s (%s). It must be CSV with the columns name and alpha-2."
              .formatted(csv, e.getMessage()),
          e);
    }
  }

  /** A column that the file lacks was read as empty. */
  private void requireValid(Path csv, ReferenceTable staged) {
    List<String> wrong =
        Query.of(
                "SELECT code, anyLast(name) AS name, count() AS times FROM "
                    + staged.name()
                    + " GROUP BY code HAVING times > 1 OR name = '' OR NOT match(code, '^[A-Z]{2}$')"
                    + " ORDER BY code LIMIT 5",
                row ->
                    "'%s' named '%s'%s"
                        .formatted(
                            row.string("code"),
                            row.string("name"),
                            row.longValue("times") > 1
                                ? " and %d more".formatted(row.longValue("times") - 1)
                                : ""))
            .fetch(clickpy);
    if (!wrong.isEmpty()) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot take the countries of %s: %s (each row needs a name, and a code of two capital letters that no other row has, in the columns name and alpha-2)"
              .formatted(csv, String.join(", ", wrong)));
    }
  }

  private void addOtherCodes(ReferenceTable staged) {
    Map<String, String> others = CountryCodes.others();
    Command.of(
            "INSERT INTO %1$s (name, code) SELECT name, code".formatted(staged.name())
                + " FROM (SELECT {names:Array(String)} AS names, {codes:Array(String)} AS codes)"
                + " ARRAY JOIN names AS name, codes AS code"
                + " WHERE code NOT IN (SELECT code FROM %1$s)".formatted(staged.name()))
        .bind("names", List.copyOf(others.values()))
        .bind("codes", List.copyOf(others.keySet()))
        .execute(clickpy);
  }

  private void requireEnough(Path csv, long names, long before) {
    if (names == CountryCodes.others().size() || (!fewer && names < before * SMALLEST_SHARE)) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot replace %d names of countries by the %d of %s (it seems cut). Countries.allowFewer() permits it where the file is not empty."
              .formatted(before, names, csv));
    }
  }

  private long count(ReferenceTable table) {
    return Query.of("SELECT count() AS rows FROM " + table.name(), row -> row.longValue("rows"))
        .fetch(clickpy)
        .get(0);
  }
}
