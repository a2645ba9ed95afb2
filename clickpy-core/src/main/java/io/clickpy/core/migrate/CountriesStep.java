package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.country.CountryCodes;
import io.clickpy.core.schema.ReferenceTable;
import java.util.List;
import java.util.Map;

/** Fills the table of countries with those that are built in. */
final class CountriesStep {
  private CountriesStep() {}

  /** Adds the codes that the table lacks: what somebody has put there stays. */
  static Step fill(ReferenceTable table) {
    String sql =
        "INSERT INTO %1$s (name, code) SELECT name, code".formatted(table.name())
            + " FROM (SELECT {names:Array(String)} AS names, {codes:Array(String)} AS codes)"
            + " ARRAY JOIN names AS name, codes AS code"
            + " WHERE code NOT IN (SELECT code FROM %1$s)".formatted(table.name());
    Map<String, String> names = CountryCodes.names();
    return Step.of(
        sql,
        Command.of(sql)
            .bind("names", List.copyOf(names.values()))
            .bind("codes", List.copyOf(names.keySet())));
  }
}
