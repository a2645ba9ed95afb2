package io.clickpy.core.migrate;

import io.clickpy.core.schema.Rollup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A numbered change of the schema, rendered for one database.
 *
 * @param version its number, from 1 without gaps
 * @param description what it does, as a command
 * @param steps its statements, in order
 */
record Migration(int version, String description, List<Step> steps) {
  Migration {
    steps = List.copyOf(steps);
  }

  PlannedStatement planned(int ordinal) {
    Step step = step(ordinal);
    return new PlannedStatement(version, ordinal, step.sql(), step.warning());
  }

  Step step(int ordinal) {
    return steps.get(ordinal - 1);
  }

  /** Returns the rollups that it builds of what the raw table holds. */
  Stream<Rollup> fills() {
    return steps.stream().flatMap(step -> step.fills().stream());
  }

  /** The SHA-256 of all statements; the same on every platform. */
  String checksum() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Step step : steps) {
        digest.update((step.sql() + "\n").getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Cannot find SHA-256, which every Java platform has", e);
    }
  }
}
