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

  Step create(Dictionary dictionary) {
    return Step.of(
        Ddl.createDictionary(dictionary, database),
        Command.of(Ddl.createDictionary(dictionary, database, reader)));
  }
}
