package io.clickpy.core.migrate;

import io.clickpy.core.Command;
import java.util.Optional;

/**
 * One statement of a migration, that may be repeated without harm.
 *
 * @param sql the text that is shown, journaled and part of the checksum
 * @param command what runs: the text, with values and passwords that the text does not hold
 * @param warning why it is slow or rewrites data, if it does
 */
record Step(String sql, Command command, Optional<String> warning) {
  static Step of(String sql) {
    return of(sql, Command.of(sql));
  }

  static Step of(String sql, Command command) {
    return new Step(sql, command.repeatable(), Optional.empty());
  }

  Step warning(String text) {
    return new Step(sql, command, Optional.of(text));
  }
}
