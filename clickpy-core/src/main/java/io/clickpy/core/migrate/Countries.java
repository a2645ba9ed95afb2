package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.schema.ReferenceTable;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The codes that downloads hold and their names in English. */
final class Countries {
  /** What is no country, yet stands where its code does. */
  private static final Map<String, String> OTHER_CODES =
      Map.of(
          "", "Unknown",
          "A1", "Anonymous proxy",
          "A2", "Satellite provider",
          "AP", "Asia-Pacific",
          "EU", "Europe",
          "T1", "Tor network",
          "XK", "Kosovo",
          "XX", "Unknown");

  private Countries() {}

  /** Returns names by code: ISO 3166 as the JDK knows it, and what else occurs. */
  static Map<String, String> names() {
    Map<String, String> names = new TreeMap<>(OTHER_CODES);
    for (String code : Locale.getISOCountries()) {
      Locale country = new Locale.Builder().setRegion(code).build();
      names.put(code, country.getDisplayCountry(Locale.ENGLISH));
    }
    return Collections.unmodifiableMap(names);
  }

  /** Adds the codes that the table lacks: what somebody has put there stays. */
  static Step fill(ReferenceTable table) {
    String sql =
        "INSERT INTO %1$s (name, code) SELECT name, code".formatted(table.name())
            + " FROM (SELECT {names:Array(String)} AS names, {codes:Array(String)} AS codes)"
            + " ARRAY JOIN names AS name, codes AS code"
            + " WHERE code NOT IN (SELECT code FROM %1$s)".formatted(table.name());
    Map<String, String> names = names();
    return Step.of(
        sql,
        Command.of(sql)
            .bind("names", List.copyOf(names.values()))
            .bind("codes", List.copyOf(names.keySet())));
  }
}
