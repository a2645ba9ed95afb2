package io.clickpy.benchmarks.peers;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import java.nio.file.Path;
import java.util.Map;

/**
 * ClickPy's {@code INSERT … SELECT} from a file that the server itself reads. Only the eight
 * columns are declared, so that nothing else is read.
 */
public final class ServerSideInsert {
  private static final String STRUCTURE =
      "timestamp DateTime64(6, 'UTC'), country_code String, project String,"
          + " `file.type` String, `file.version` String, `installer.name` String, python String,"
          + " `system.name` String";

  private ServerSideInsert() {}

  /**
   * Inserts the rows of one file.
   *
   * @param target the raw table's name, with its database if it is another than the connection's
   * @param settings the server's settings for the insert
   */
  public static void run(ClickPy clickpy, Path file, String target, Map<String, String> settings) {
    Command insert =
        Command.of(
                """
                INSERT INTO %s
                SELECT
                  toDate(timestamp) AS date,
                  country_code,
                  project,
                  `file.type` AS type,
                  `installer.name` AS installer,
                  arrayStringConcat(arraySlice(splitByChar('.', python), 1, 2), '.') AS python_minor,
                  `system.name` AS system,
                  `file.version` AS version
                FROM file({path:String}, 'Parquet', {structure:String})
                """
                    .formatted(target))
            .bind("path", file.toAbsolutePath().toString())
            .bind("structure", STRUCTURE)
            .setting("input_format_null_as_default", "1")
            .setting("async_insert", "0");
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      insert = insert.setting(setting.getKey(), setting.getValue());
    }
    insert.execute(clickpy);
  }
}
