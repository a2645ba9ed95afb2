package io.clickpy.core.access;

import io.clickpy.core.internal.OverflowModes;
import io.clickpy.core.migrate.Topology;
import java.util.ArrayList;
import java.util.List;

/**
 * A setting of the server for a reader.
 *
 * @param name as the server calls it
 * @param value its value; empty for the server's own
 * @param change what the reader may make of it
 */
record ReaderSetting(String name, String value, Change change) {
  enum Change {
    /** Nothing. */
    NONE,
    /** Any value from 1 to the given one: 0 would be no limit. */
    LOWER,
    /** Any value; {@link io.clickpy.core.ClickPy} sends one. */
    ANY
  }

  static List<ReaderSetting> of(ReaderLimits limits, Topology topology) {
    List<ReaderSetting> settings = new ArrayList<>();
    settings.add(new ReaderSetting("readonly", "1", Change.NONE));
    settings.add(limit("max_execution_time", limits.maxExecutionTime().toSeconds(), Change.LOWER));
    settings.add(limit("max_rows_to_read", limits.maxRowsToRead(), Change.LOWER));
    settings.add(limit("max_bytes_to_read", limits.maxBytesToRead(), Change.LOWER));
    settings.add(limit("max_memory_usage", limits.maxMemory(), Change.LOWER));
    settings.add(limit("max_result_rows", limits.maxResultRows(), Change.NONE));
    settings.add(limit("max_result_bytes", limits.maxResultBytes(), Change.NONE));
    for (String mode : OverflowModes.SETTINGS) {
      settings.add(new ReaderSetting(mode, OverflowModes.FAIL, Change.NONE));
    }
    if (topology.isSharded()) {
      settings.add(new ReaderSetting("distributed_product_mode", "global", Change.NONE));
    }
    settings.add(new ReaderSetting("session_timezone", "", Change.ANY));
    settings.add(new ReaderSetting("cancel_http_readonly_queries_on_client_close", "", Change.ANY));
    return settings;
  }

  private static ReaderSetting limit(String name, long value, Change change) {
    return new ReaderSetting(name, Long.toString(value), change);
  }

  String sql() {
    return switch (change) {
      case NONE -> "%s = %s CONST".formatted(name, literal());
      case LOWER -> "%1$s = %2$s MIN 1 MAX %2$s CHANGEABLE_IN_READONLY".formatted(name, value);
      case ANY -> name + " CHANGEABLE_IN_READONLY";
    };
  }

  private String literal() {
    return Character.isDigit(value.charAt(0)) ? value : "'" + value + "'";
  }
}
