package io.clickpy.query;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Command;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Rollup;
import java.util.Random;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A migrated database with {@link GeneratedDownloads}, for the tests of one class. {@code
 * -Dclickpy.test.seed} makes the same downloads again.
 */
public final class GeneratedDatabase implements BeforeAllCallback, AfterAllCallback {
  public static final long SEED = Long.getLong("clickpy.test.seed", new Random().nextLong());

  private final PypiSchema schema;
  private final Merges merges;
  private ClickPy clickpy;

  /** What the server has done with rows of equal dimensions. */
  public enum Merges {
    /** No row has been merged, nor will be. */
    PENDING,
    /** No two rows of equal dimensions are left. */
    DONE
  }

  private GeneratedDatabase(PypiSchema schema, Merges merges) {
    this.schema = schema;
    this.merges = merges;
  }

  /** A database of our schema under ClickPy's own names. */
  public static GeneratedDatabase of(Merges merges) {
    return of(PypiSchema.ofDefaults(), merges);
  }

  public static GeneratedDatabase of(PypiSchema schema, Merges merges) {
    return new GeneratedDatabase(schema, merges);
  }

  public ClickPy clickpy() {
    return clickpy;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).schema(schema).migrate();
    forEachRollup("SYSTEM STOP MERGES %s");
    GeneratedDownloads.loadDownloads(clickpy, schema, new Random(SEED));
    GeneratedDownloads.loadFiles(clickpy, schema, new Random(SEED));
    if (merges == Merges.DONE) {
      forEachRollup("SYSTEM START MERGES %s");
      forEachRollup("OPTIMIZE TABLE %s FINAL");
    }
    System.out.printf("%s: seed %d%n", context.getDisplayName(), SEED);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    TestServer.dropAndClose(clickpy);
  }

  private void forEachRollup(String command) {
    for (Rollup rollup : schema.rollups()) {
      Command.of(command.formatted(rollup.name())).execute(clickpy);
    }
  }
}
