package io.clickpy.core.access;

import io.clickpy.core.Credentials;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes a reader as ClickHouse's configuration of users. */
final class UsersXml {
  private UsersXml() {}

  static String of(
      Credentials reader, List<ReaderSetting> settings, ReaderQuota quota, List<String> grants) {
    // Names, numbers and hashes: nothing here needs quoting in XML.
    return """
        <clickhouse>
          <profiles>
            <%1$s>
        %2$s
              <constraints>
        %3$s
              </constraints>
            </%1$s>
          </profiles>
          <quotas>
            <%1$s>
              <keyed_by_ip/>
              <interval>
                <duration>%4$d</duration>
                <queries>%5$d</queries>
                <read_rows>%6$d</read_rows>
                <execution_time>%7$d</execution_time>
              </interval>
            </%1$s>
          </quotas>
          <users>
            <%1$s>
              %8$s
              <networks><ip>::/0</ip></networks>
              <profile>%1$s</profile>
              <quota>%1$s</quota>
              <grants>
        %9$s
              </grants>
            </%1$s>
          </users>
        </clickhouse>
        """
        .formatted(
            reader.user(),
            lines(6, settings.stream().filter(s -> !s.value().isEmpty()).map(UsersXml::value)),
            lines(8, settings.stream().map(UsersXml::constraint)),
            quota.interval().toSeconds(),
            quota.maxQueries(),
            quota.maxRowsRead(),
            quota.maxExecutionTime().toSeconds(),
            password(reader.password()),
            lines(8, grants.stream().map("<query>%s</query>"::formatted)));
  }

  private static String lines(int indent, Stream<String> elements) {
    return elements.map(element -> " ".repeat(indent) + element).collect(Collectors.joining("\n"));
  }

  private static String value(ReaderSetting setting) {
    return "<%1$s>%2$s</%1$s>".formatted(setting.name(), setting.value());
  }

  private static String constraint(ReaderSetting setting) {
    String limit =
        switch (setting.change()) {
          case NONE -> "<readonly/>";
          case LOWER ->
              "<min>1</min><max>%s</max><changeable_in_readonly/>".formatted(setting.value());
          case ANY -> "<changeable_in_readonly/>";
        };
    return "<%1$s>%2$s</%1$s>".formatted(setting.name(), limit);
  }

  private static String password(String password) {
    return password.isEmpty()
        ? "<no_password/>"
        : "<password_sha256_hex>%s</password_sha256_hex>"
            .formatted(PasswordHash.of(password, "").hex());
  }
}
