package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import io.clickpy.core.schema.Rollup;
import java.util.List;
import java.util.Optional;

/**
 * One statement of a migration, that may be repeated without harm.
 *
 * @param sql the text that is shown, journaled and part of the checksum
 * @param command what runs: the text, with values and passwords that the text does not hold
 * @param warning why it is slow or rewrites data, if it does
 * @param fills the rollups that it builds of what the raw table holds: then it is many statements,
 *     and the text only says what they come to
 */
record Step(String sql, Command command, Optional<String> warning, List<Rollup> fills) {
  static Step of(String sql) {
    return of(sql, Command.of(sql));
  }

  static Step of(String sql, Command command) {
    return new Step(sql, command.repeatable(), Optional.empty(), List.of());
  }

  Step filling(Rollup rollup) {
    return new Step(sql, command, warning, List.of(rollup));
  }

  Step warning(String text) {
    return new Step(sql, command, Optional.of(text), fills);
  }
}
