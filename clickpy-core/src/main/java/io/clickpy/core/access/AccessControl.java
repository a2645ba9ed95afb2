package io.clickpy.core.access;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.Credentials;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.QueryException;
import io.clickpy.core.migrate.Topology;
import io.clickpy.core.schema.PypiSchema;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A user who may read the downloads and nothing else, and what that may cost the server.
 *
 * <pre>{@code
 * AccessControl.of(clickpy.database(), System.getenv("PLAY_PASSWORD")).apply(clickpy);
 * }</pre>
 *
 * <p>It is made of a role {@code play_role} with the grants, a settings profile {@code
 * play_profile} with the limits, a quota {@code play_quota}, and the user {@code play}; another
 * user's name gives them other names. Applied again, they become what is described here, whatever
 * somebody made of them by hand. A query that goes over a limit fails, and never returns less than
 * it should.
 *
 * <p>Immutable and thread-safe. The password is in no message, log, {@link #plan()} or {@link
 * #toString()}.
 */
@CheckReturnValue
public final class AccessControl {
  /** The user's name by default, which is ClickPy's. */
  public static final String DEFAULT_USER = "play";

  private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

  /** Not allowed to; users that come from a file; no place for users made by SQL. */
  private static final Set<Integer> REFUSALS = Set.of(497, 495, 514);

  private final DatabaseName database;
  private final Credentials reader;
  private final PypiSchema schema;
  private final Topology topology;
  private final ReaderLimits limits;
  private final ReaderQuota quota;

  private AccessControl(
      DatabaseName database,
      Credentials reader,
      PypiSchema schema,
      Topology topology,
      ReaderLimits limits,
      ReaderQuota quota) {
    this.database = Objects.requireNonNull(database, "database");
    this.reader = reader;
    this.schema = Objects.requireNonNull(schema, "schema");
    this.topology = Objects.requireNonNull(topology, "topology");
    this.limits = Objects.requireNonNull(limits, "limits");
    this.quota = Objects.requireNonNull(quota, "quota");
  }

  /**
   * Describes the user {@value #DEFAULT_USER}, who may read a database.
   *
   * @param database where the tables are; what else it holds can be read, too
   * @param password the user's; empty for none
   */
  public static AccessControl of(DatabaseName database, String password) {
    return new AccessControl(
        database,
        new Credentials(DEFAULT_USER, password),
        PypiSchema.ofDefaults(),
        Topology.singleServer(),
        ReaderLimits.ofDefaults(),
        ReaderQuota.ofDefaults());
  }

  /**
   * Returns this for a user of another name.
   *
   * @param name a letter or underscore, then at most 63 letters, digits or underscores
   * @throws IllegalArgumentException if it has another form
   */
  public AccessControl user(String name) {
    if (!USER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Invalid user: '%s' (must be a letter or _, then at most 63 letters, digits or _)"
              .formatted(name));
    }
    Credentials named = new Credentials(name, reader.password());
    return new AccessControl(database, named, schema, topology, limits, quota);
  }

  /** Returns this for a schema: of one with a prefix, the user may read what has the prefix. */
  public AccessControl schema(PypiSchema value) {
    return new AccessControl(database, reader, value, topology, limits, quota);
  }

  /**
   * Returns this for a cluster or ClickHouse Cloud. On {@link Topology#shards(String) plain shards}
   * it is applied to each server.
   */
  public AccessControl topology(Topology value) {
    return new AccessControl(database, reader, schema, value, limits, quota);
  }

  /** Returns this with other limits of one query; by default {@link ReaderLimits#ofDefaults()}. */
  public AccessControl limits(ReaderLimits value) {
    return new AccessControl(database, reader, schema, topology, value, quota);
  }

  /**
   * Returns this with another limit of all queries; by default {@link ReaderQuota#ofDefaults()}.
   */
  public AccessControl quota(ReaderQuota value) {
    return new AccessControl(database, reader, schema, topology, limits, value);
  }

  /** Returns the statements that {@link #apply(ClickPy)} runs, without the password. */
  public List<String> plan() {
    return sql().statements("***", "***");
  }

  /**
   * Makes the user and what belongs to it, or changes them into what is described here.
   *
   * @param clickpy connected as somebody who may manage users
   * @throws QueryException with {@link ErrorCode#ACCESS_DENIED} if that user may not, or the server
   *     has no place for users made by SQL
   * @throws ClickPyException if the server cannot be reached or refuses otherwise; some statements
   *     may have run, and may be run again
   */
  public void apply(ClickPy clickpy) {
    PasswordHash hash = PasswordHash.of(reader.password());
    try {
      for (String statement : sql().statements(hash.hex(), hash.salt())) {
        Command.of(statement).inDatabase(DatabaseName.of("system")).repeatable().execute(clickpy);
      }
    } catch (QueryException e) {
      throw REFUSALS.contains(e.serverCode()) ? refused(e) : e;
    }
  }

  private QueryException refused(QueryException e) {
    return new QueryException(
        ErrorCode.ACCESS_DENIED,
        e.serverCode(),
        "Cannot manage user %s by SQL (%s). Connect as a user with access_management, on a server that keeps users made by SQL, or give the server the file that usersXml() writes."
            .formatted(reader.user(), e.getMessage()),
        e,
        false,
        e.queryId().orElse(null));
  }

  /**
   * Returns the same as a file for the directory {@code users.d} of a server that has no users by
   * SQL. The server takes the file into use within seconds; the limits need no restart.
   *
   * <p>The text holds an unsalted SHA-256 of the password: keep it as you keep the password.
   */
  public String usersXml() {
    return UsersXml.of(
        reader,
        ReaderSetting.of(limits, topology),
        quota,
        privileges().stream().map(privilege -> "GRANT " + privilege).toList());
  }

  private AccessSql sql() {
    return new AccessSql(
        reader.user(),
        reader.password().isEmpty(),
        ReaderSetting.of(limits, topology),
        quota,
        privileges(),
        topology.onCluster());
  }

  /** Tables, names of countries, and what statistics and cancelling look at. */
  private List<String> privileges() {
    String names = database + "." + schema.prefix() + "*";
    return List.of(
        "SELECT ON " + names,
        "dictGet ON " + names,
        "SELECT ON system.parts",
        "SELECT ON system.processes");
  }

  @Override
  public String toString() {
    return "AccessControl[user=%s, database=%s, schema=%s, topology=%s, limits=%s, quota=%s]"
        .formatted(reader.user(), database, schema, topology, limits, quota);
  }
}
