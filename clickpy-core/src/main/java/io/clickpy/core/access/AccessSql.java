package io.clickpy.core.access;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements that make a reader. Each may be repeated, and what exists already is changed into
 * what is described.
 *
 * @param user the reader's name
 * @param open whether there is no password
 * @param settings the limits of one query
 * @param quota the limits of all queries
 * @param privileges as {@code SELECT ON pypi.*}
 * @param onCluster where to run them, behind a name; empty for one server
 */
record AccessSql(
    String user,
    boolean open,
    List<ReaderSetting> settings,
    ReaderQuota quota,
    List<String> privileges,
    String onCluster) {

  /** In an order in which what a statement names is there already, and no moment is unlimited. */
  List<String> statements(String hash, String salt) {
    String role = user + "_role";
    String profile = user + "_profile" + onCluster;
    String quotaName = user + "_quota" + onCluster;
    String limits = settings.stream().map(ReaderSetting::sql).collect(Collectors.joining(", "));
    String identified = identified(hash, salt);
    String target = "%s, %s".formatted(role, user);
    return List.of(
        "CREATE ROLE IF NOT EXISTS " + role + onCluster,
        "GRANT%s %s TO %s WITH REPLACE OPTION"
            .formatted(onCluster, String.join(", ", privileges), role),
        "CREATE SETTINGS PROFILE IF NOT EXISTS " + profile,
        "ALTER SETTINGS PROFILE %s SETTINGS %s".formatted(profile, limits),
        "CREATE USER IF NOT EXISTS %s%s %s SETTINGS PROFILE '%s_profile'"
            .formatted(user, onCluster, identified, user),
        "REVOKE%s ALL ON *.* FROM %s".formatted(onCluster, user),
        "GRANT%s %s TO %s WITH REPLACE OPTION".formatted(onCluster, role, user),
        "ALTER USER %s%s %s DEFAULT ROLE %s SETTINGS PROFILE '%s_profile'"
            .formatted(user, onCluster, identified, role, user),
        "CREATE QUOTA IF NOT EXISTS " + quotaName,
        "ALTER QUOTA %s %s TO %s".formatted(quotaName, quotaLimits(), target));
  }

  private String identified(String hash, String salt) {
    return open
        ? "IDENTIFIED WITH no_password"
        : "IDENTIFIED WITH sha256_hash BY '%s' SALT '%s'".formatted(hash, salt);
  }

  private String quotaLimits() {
    return "KEYED BY ip_address FOR INTERVAL %d second MAX queries = %d, read_rows = %d, execution_time = %d"
        .formatted(
            quota.interval().toSeconds(),
            quota.maxQueries(),
            quota.maxRowsRead(),
            quota.maxExecutionTime().toSeconds());
  }
}
