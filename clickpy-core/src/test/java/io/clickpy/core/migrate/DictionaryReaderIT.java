package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.Credentials;
import io.clickpy.core.Query;
import io.clickpy.embedded.EmbeddedClickHouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dictionaries read their tables as the user who migrates, whose password is shown nowhere. */
class DictionaryReaderIT {
  private static final String PASSWORD = "it's a \\ secret";

  @Test
  void dictionaryIsFilledByAUserWithAPassword(@TempDir Path directory) throws IOException {
    Path users = directory.resolve("users.xml");
    Files.writeString(
        users,
        """
        <clickhouse>
          <profiles><default/></profiles>
          <quotas><default/></quotas>
          <users>
            <default>
              <password/><networks><ip>::/0</ip></networks>
              <profile>default</profile><quota>default</quota>
            </default>
            <analyst>
              <password>%s</password><networks><ip>::/0</ip></networks>
              <profile>default</profile><quota>default</quota>
            </analyst>
          </users>
        </clickhouse>
        """
            .formatted(PASSWORD));
    try (EmbeddedClickHouse server = EmbeddedClickHouse.builder().usersFile(users).start();
        ClickPy clickpy =
            ClickPy.connect(
                ClickPyConfig.builder(server.endpoint())
                    .credentials(new Credentials("analyst", PASSWORD))
                    .build())) {
      MigrationReport report = SchemaMigrator.of(clickpy).migrate();

      assertThat(
              Query.of(
                      "SELECT dictGet('pypi.countries_dict', 'name', 'DE') AS name",
                      row -> row.string("name"))
                  .fetch(clickpy))
          .containsExactly("Germany");
      assertThat(
              Query.of(
                      "SELECT create_table_query AS sql FROM system.tables"
                          + " WHERE database = 'pypi' AND name = 'countries_dict'",
                      row -> row.string("sql"))
                  .fetch(clickpy))
          .first()
          .asString()
          .contains("USER 'analyst' PASSWORD '[HIDDEN]'");
      assertThat(report.executed()).noneMatch(s -> s.sql().contains("secret"));
      assertThat(SchemaMigrator.of(clickpy).diff()).isEmpty();
    }
  }
}
