package io.clickpy.ingest.internal.publication;

import io.clickpy.core.schema.PypiSchema;
import io.clickpy.core.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The names of the tables that loads fill, and of those that they keep for themselves. */
public final class LoadNames {
  private static final Pattern ATTEMPT = Pattern.compile("clickpy_(?:stage|ready)_([^_]+_\\d+)_");

  private final PypiSchema live;
  private final String own;

  private LoadNames(PypiSchema live) {
    this.live = live;
    this.own = live.prefix() + "clickpy_";
  }

  /** Returns the names for loads into the tables of a schema. */
  public static LoadNames of(PypiSchema live) {
    return new LoadNames(live);
  }

  /** Returns the tables that everybody reads. */
  public PypiSchema live() {
    return live;
  }

  /** Returns the tables of an attempt that is being staged. */
  public PypiSchema staged(Attempt attempt) {
    return PypiSchema.withPrefix(stagedPrefix() + attempt.id() + "_");
  }

  /** Returns the tables of an attempt that is sealed. */
  public PypiSchema ready(Attempt attempt) {
    return PypiSchema.withPrefix(readyPrefix() + attempt.id() + "_");
  }

  /** Returns the tables of a schema that a load fills: the raw one, and the rollups in order. */
  public static List<Table> filled(PypiSchema schema) {
    return Stream.concat(Stream.<Table>of(schema.downloads()), schema.rollups().stream()).toList();
  }

  /** Returns the private table behind which a live one stands. */
  String ready(Attempt attempt, String liveName) {
    return ready(attempt).prefix() + liveName.substring(live.prefix().length());
  }

  /** Returns whose private table this is. */
  Optional<Attempt> attempt(String table) {
    Matcher matcher =
        ATTEMPT
            .matcher(table)
            .region(Math.min(live.prefix().length(), table.length()), table.length());
    return matcher.lookingAt() ? Optional.of(Attempt.parse(matcher.group(1))) : Optional.empty();
  }

  /** Returns how the names of the tables begin that are being staged. */
  public String stagedPrefix() {
    return own + "stage_";
  }

  String readyPrefix() {
    return own + "ready_";
  }

  String turnPrefix() {
    return own + "turn_";
  }

  /** Returns the ledger's name. */
  public String ledger() {
    return own + "loads";
  }

  /** Returns the name of the table that knows the days that were replaced. */
  public String repairs() {
    return own + "repairs";
  }

  /** Returns the name of the table with the rows that an attempt has replaced. */
  public String replaced(Attempt attempt) {
    return replacedPrefix() + attempt.id();
  }

  /** Returns how the names of the tables with replaced rows begin. */
  public String replacedPrefix() {
    return own + "replaced_";
  }

  String loaders() {
    return own + "loaders";
  }

  String claims() {
    return own + "claims";
  }
}
