package io.clickpy.ingest.internal;

import io.clickpy.core.schema.PypiSchema;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One try to load a unit, by one loader; tables that carry its name are nobody else's.
 *
 * @param unit the unit's id
 * @param id what tells this try from every other; letters and digits
 */
record Attempt(String unit, String id) {
  /** The beginning of the name of every staging table. */
  static final String PREFIX = "clickpy_stage_";

  static Attempt start(LoadUnit unit) {
    return new Attempt(
        unit.id(), HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()));
  }

  /** Returns the private copies of the tables that a load fills. */
  PypiSchema tables() {
    return PypiSchema.withPrefix(PREFIX + unit + "_" + id + "_");
  }
}
