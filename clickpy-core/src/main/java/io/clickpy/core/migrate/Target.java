package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.Credentials;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.schema.Ddl;
import io.clickpy.core.schema.Dictionary;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import io.clickpy.core.schema.Table;

/**
 * What migrations are rendered for.
 *
 * @param schema the names
 * @param database where they live
 * @param reader who fills the dictionaries
 */
record Target(PypiSchema schema, DatabaseName database, Credentials reader) {
  /** The one that checksums are computed for, so that they do not depend on names. */
  static final Target CANONICAL =
      new Target(PypiSchema.ofDefaults(), DatabaseName.of("pypi"), Credentials.ofDefaults());

  Step create(Table table) {
    return Step.of(Ddl.createTable(table));
  }

  Step createView(Rollup rollup) {
    return Step.of(Ddl.createView(rollup, schema.downloads()));
  }

  /**
   * Adds a rollup with everything that has been downloaded before, while rows keep arriving; all
   * that a migration which adds one has to do.
   */
  Step add(Rollup rollup) {
    String sql =
        String.join(
            ";\n",
            Ddl.createTable(rollup),
            Ddl.createView(rollup, schema.downloads()),
            "INSERT INTO %s %s".formatted(rollup.name(), rollup.selectFrom(rollup.derivedFrom())));
    return Step.of(sql)
        .filling(rollup)
        .warning(
            "Reads all of %s, piece by piece, and twice holds up inserts into %s for a moment. No load may be published by a program that does not know %s, now or later."
                .formatted(
                    rollup.derivedFrom().name(), schema.downloads().name(), rollup.name()));
  }

  Step create(Dictionary dictionary) {
    return Step.of(
        Ddl.createDictionary(dictionary, database),
        Command.of(Ddl.createDictionary(dictionary, database, reader)));
  }
}
