package io.clickpy.core.migrate;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ServerVersion;
import io.clickpy.core.migrate.MigrationException.Reason;
import io.clickpy.core.schema.PypiSchema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a database to the schema of {@link PypiSchema}, and never destroys anything.
 *
 * <pre>{@code
 * MigrationReport report = SchemaMigrator.of(clickpy).migrate();
 * }</pre>
 *
 * <p>Call {@link #migrate()} at every start of a program: where nothing is to do, it costs one
 * round trip. It creates the database if there is none. A crash at any point is mended by the next
 * call, which goes on behind the last statement. Programs that call it at once take turns: one
 * migrates, the others wait and find it done. For that the database holds a journal, the table
 * {@code clickpy_migrations}, and while somebody migrates a table whose name begins so too.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class SchemaMigrator {
  private static final Logger LOG = LoggerFactory.getLogger(SchemaMigrator.class);
  private static final ServerVersion OLDEST_SERVER = ServerVersion.parse("25.8");

  private final ClickPy clickpy;
  private final PypiSchema schema;
  private final Topology topology;
  private final MigrationListener listener;
  private final Duration leaseTime;
  private final Function<Target, List<Migration>> migrations;
  private final ServerVersion oldestServer;
  private final FillLimits fillLimits;

  private SchemaMigrator(
      ClickPy clickpy,
      PypiSchema schema,
      Topology topology,
      MigrationListener listener,
      Duration leaseTime,
      Function<Target, List<Migration>> migrations,
      ServerVersion oldestServer,
      FillLimits fillLimits) {
    this.clickpy = clickpy;
    this.schema = schema;
    this.topology = topology;
    this.listener = listener;
    this.leaseTime = leaseTime;
    this.migrations = migrations;
    this.oldestServer = oldestServer;
    this.fillLimits = fillLimits;
  }

  /**
   * Returns a migrator of the connection's database, on a single server.
   *
   * @param clickpy stays open, and the caller's
   */
  public static SchemaMigrator of(ClickPy clickpy) {
    Topology singleServer = Topology.singleServer();
    return new SchemaMigrator(
        Objects.requireNonNull(clickpy, "clickpy"),
        PypiSchema.ofDefaults(),
        singleServer,
        new MigrationListener() {},
        singleServer.leaseTime(),
        Migrations::of,
        OLDEST_SERVER,
        FillLimits.DEFAULT);
  }

  /**
   * Returns a migrator for other names, for example {@code PypiSchema.withPrefix("test_")}; two
   * prefixes in one database know nothing of each other. Questions take the same schema; loads know
   * ClickPy's own names only, so far.
   *
   * @throws IllegalArgumentException if it is {@link PypiSchema#ofClickPy()}
   */
  public SchemaMigrator schema(PypiSchema value) {
    Objects.requireNonNull(value, "schema");
    if (value.equals(PypiSchema.ofClickPy())) {
      throw new IllegalArgumentException(
          "Invalid schema: %s (its tables are ClickPy's to make). Ask it, or migrate ofDefaults() or withPrefix(...)."
              .formatted(value));
    }
    return new SchemaMigrator(
        clickpy, value, topology, listener, leaseTime, migrations, oldestServer, fillLimits);
  }

  /**
   * Returns a migrator for a cluster or ClickHouse Cloud. A database keeps the topology that it was
   * migrated with first.
   */
  public SchemaMigrator topology(Topology value) {
    return new SchemaMigrator(
        clickpy, schema, value, listener, value.leaseTime(), migrations, oldestServer, fillLimits);
  }

  /** Returns a migrator that tells of each statement. */
  public SchemaMigrator listener(MigrationListener value) {
    Objects.requireNonNull(value, "listener");
    return new SchemaMigrator(
        clickpy, schema, topology, value, leaseTime, migrations, oldestServer, fillLimits);
  }

  /** Returns a migrator whose turn others may take over if it is silent for so long. */
  SchemaMigrator leaseTime(Duration value) {
    return new SchemaMigrator(
        clickpy, schema, topology, listener, value, migrations, oldestServer, fillLimits);
  }

  /** Returns a migrator that knows other migrations. */
  SchemaMigrator migrations(Function<Target, List<Migration>> value) {
    return new SchemaMigrator(
        clickpy, schema, topology, listener, leaseTime, value, oldestServer, fillLimits);
  }

  /** Returns a migrator that needs another server. */
  SchemaMigrator oldestServer(ServerVersion value) {
    return new SchemaMigrator(
        clickpy, schema, topology, listener, leaseTime, migrations, value, fillLimits);
  }

  /** Returns a migrator that fills rollups in other pieces. */
  SchemaMigrator fillLimits(FillLimits value) {
    return new SchemaMigrator(
        clickpy, schema, topology, listener, leaseTime, migrations, oldestServer, value);
  }

  /**
   * Runs what has not run yet. Waits while another program migrates the same database.
   *
   * <p>A migration that adds a rollup fills it with what the raw table holds, while rows keep
   * arriving: inserts wait for a moment, twice for each, and none fails. {@link
   * MigrationListener#filling} tells how far it is.
   *
   * @throws MigrationException if the database and this program contradict each other, the server
   *     is too old, or the turn was lost to another program; nothing was destroyed
   * @throws ClickPyException if the server cannot be reached or refuses a statement; the next call
   *     goes on there
   */
  @CanIgnoreReturnValue
  public MigrationReport migrate() {
    long start = System.nanoTime();
    Journal journal = journal();
    Optional<List<Journal.Entry>> entries = journal.read();
    History history = consistent(entries);
    List<PlannedStatement> executed = new ArrayList<>();
    if (!history.pending().isEmpty()) {
      requireServer();
      if (entries.isEmpty()) {
        journal.create(
            () -> {
              requireFitServers();
              requireNoForeignTables(journal);
            });
      }
      try (Lease lease = Lease.acquire(clickpy, journal, leaseTime)) {
        history = consistent(journal.read());
        if (!history.pending().isEmpty()) {
          rollups().fillWhatIsMissing(lease);
        }
        for (History.Pending pending : history.pending()) {
          executed.add(run(pending, journal, lease));
        }
      }
      history = history(journal.read());
    }
    MigrationReport report =
        new MigrationReport(
            history.version(), executed, Duration.ofNanos(System.nanoTime() - start));
    LOG.debug("{}", report);
    return report;
  }

  private PlannedStatement run(History.Pending pending, Journal journal, Lease lease) {
    PlannedStatement statement = pending.statement();
    listener.starting(statement);
    lease.requireHeld();
    LOG.debug("V{} statement {}: {}", statement.version(), statement.ordinal(), statement.sql());
    Step step = pending.migration().step(statement.ordinal());
    if (step.fills().isEmpty()) {
      step.command().execute(clickpy);
    } else {
      rollups().add(statement, step.fills(), lease);
    }
    listener.finished(statement);
    journal.note(pending);
    return statement;
  }

  private RollupBuilder rollups() {
    Target target = target();
    return new RollupBuilder(clickpy, target, migrations.apply(target), listener, fillLimits);
  }

  /**
   * Adopts a database whose tables something else made, for example ClickPy's own script. Changes
   * none of them; {@link #migrate()} accepts them from then on, and creates what is missing beside
   * them, filled with what the raw table holds. {@link #repairs()} says which of the adopted
   * rollups give wrong answers, and {@link #repair()} mends them.
   *
   * @return how the tables differ from the description, which {@link #validate()} goes on to report
   *     until somebody has mended it; what is missing is not among it
   * @throws ClickPyException if the server cannot be reached or refuses
   */
  @CanIgnoreReturnValue
  public List<Difference> baseline() {
    requireServer();
    journal().create(this::requireFitServers);
    return diff().stream().filter(found -> found.kind() != Difference.Kind.MISSING).toList();
  }

  /**
   * Returns which rollups are not what the schema describes, so that somebody can decide about
   * {@link #repair()}. Reads each rollup once; what is missing is not among it.
   *
   * @throws MigrationException if it is no single server
   * @throws ClickPyException if the server cannot be reached or refuses
   */
  public List<Repair> repairs() {
    return rollups().repairs();
  }

  /** Builds the rollups anew that give wrong answers; as {@link #repair(Set)} does. */
  @CanIgnoreReturnValue
  public List<Repair> repair() {
    return repair(Set.of(Repair.Need.WRONG_ANSWERS));
  }

  /**
   * Builds rollups anew, of the raw table or of a finer rollup, while rows keep arriving; the
   * tables in use answer until then. No load may be published meanwhile. Whatever stops it, the
   * next call goes on. A table that was in use is kept, under its name and {@code _replaced_} and a
   * number, for somebody to drop.
   *
   * @param needs which of {@link #repairs()}; those that are irreplaceable never
   * @return what was repaired
   * @throws MigrationException if the database has not been migrated or is on no single server, or
   *     the rollups cannot be built because of loads or long inserts
   * @throws ClickPyException if the server cannot be reached or refuses
   */
  @CanIgnoreReturnValue
  public List<Repair> repair(Set<Repair.Need> needs) {
    Journal journal = journal();
    int pending = consistent(journal.read()).pending().size();
    if (pending > 0) {
      throw notMigrated(pending);
    }
    try (Lease lease = Lease.acquire(clickpy, journal, leaseTime)) {
      return rollups().repair(needs, lease);
    }
  }

  /**
   * Returns what {@link #migrate()} would run, without running it.
   *
   * @throws MigrationException if the database and this program contradict each other
   */
  public MigrationPlan plan() {
    History history = consistent(journal().read());
    return new MigrationPlan(history.pending().stream().map(History.Pending::statement).toList());
  }

  /** Returns where each migration stands, oldest first; contradictions are states, not errors. */
  public List<MigrationStatus> status() {
    return history(journal().read()).statuses();
  }

  /**
   * Returns how the live database differs from the description; empty if it does not. On a cluster
   * it is the database of the server that the connection reaches.
   *
   * @throws ClickPyException if there is no such database
   */
  public List<Difference> diff() {
    return SchemaDiff.of(clickpy, schema, topology);
  }

  /**
   * Checks that every migration is applied and nothing was altered by hand. Tables that are no part
   * of the schema do no harm.
   *
   * @throws MigrationException if something is not as it should be
   */
  public void validate() {
    History history = consistent(journal().read());
    int pending = history.pending().size();
    if (pending > 0) {
      throw notMigrated(pending);
    }
    List<Difference> harmful =
        diff().stream().filter(found -> found.kind() != Difference.Kind.EXTRA).toList();
    if (!harmful.isEmpty()) {
      throw new MigrationException(
          Reason.ALTERED_SCHEMA,
          "Database %s was altered by hand:%n- %s%nUndo these changes, or put what was lost back in its place."
              .formatted(
                  clickpy.database(),
                  harmful.stream().map(Difference::toString).collect(Collectors.joining("\n- ")))
              .replace("\r\n", "\n"));
    }
  }

  private MigrationException notMigrated(int pending) {
    return new MigrationException(
        Reason.NOT_MIGRATED,
        "Cannot use database %s: %d statements of its migrations have not run. Call SchemaMigrator.migrate()."
            .formatted(clickpy.database(), pending));
  }

  private Journal journal() {
    return new Journal(clickpy, schema.prefix(), topology);
  }

  private History history(Optional<List<Journal.Entry>> entries) {
    return new History(migrations.apply(target()), checksums(topology), entries.orElse(List.of()));
  }

  private Target target() {
    return new Target(schema, topology, clickpy.database(), clickpy.config().credentials());
  }

  private History consistent(Optional<List<Journal.Entry>> entries) {
    entries.ifPresent(this::requireSameTopology);
    History history = history(entries);
    history.requireConsistent();
    return history;
  }

  /** Another topology has other statements: that is no change of a migration. */
  private void requireSameTopology(List<Journal.Entry> entries) {
    Map<Integer, String> ours = checksums(topology);
    entries.stream()
        .filter(entry -> ours.containsKey(entry.version()))
        .filter(entry -> !entry.checksum().equals(ours.get(entry.version())))
        .flatMap(entry -> Topology.kinds().stream().filter(kind -> isOf(kind, entry)))
        .findFirst()
        .ifPresent(
            other -> {
              throw new MigrationException(
                  Reason.OTHER_TOPOLOGY,
                  "Cannot use database %s as %s: it was migrated as %s. Name that one with topology(…), or migrate another database."
                      .formatted(clickpy.database(), topology.kind(), other.kind()));
            });
  }

  private boolean isOf(Topology kind, Journal.Entry entry) {
    return entry.checksum().equals(checksums(kind).get(entry.version()));
  }

  private Map<Integer, String> checksums(Topology of) {
    return migrations.apply(Target.canonical(of)).stream()
        .collect(Collectors.toMap(Migration::version, Migration::checksum));
  }

  private void requireServer() {
    ServerVersion version = clickpy.serverVersion();
    if (!version.isAtLeast(oldestServer.major(), oldestServer.minor())) {
      throw new MigrationException(
          Reason.SERVER_TOO_OLD,
          "Cannot migrate on ClickHouse %s (must be %s or later). Upgrade the server."
              .formatted(version, oldestServer));
    }
  }

  private void requireFitServers() {
    topology
        .objection(clickpy)
        .ifPresent(
            objection -> {
              throw new MigrationException(
                  Reason.UNFIT_CLUSTER, "Cannot migrate %s: %s.".formatted(topology, objection));
            });
  }

  /** Tables that no migration made could be anything; they are not ours to build on. */
  private void requireNoForeignTables(Journal journal) {
    TreeSet<String> existing =
        new TreeSet<>(SchemaDiff.existing(clickpy, schema, topology, journal.table()));
    if (!existing.isEmpty() && !existing.contains(journal.table())) {
      throw new MigrationException(
          Reason.FOREIGN_TABLES,
          "Cannot migrate database %s: it holds tables that no migration made (%s). Choose another database or prefix, or adopt them with baseline()."
              .formatted(clickpy.database(), String.join(", ", existing)));
    }
  }
}
