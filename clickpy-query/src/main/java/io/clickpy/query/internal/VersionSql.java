package io.clickpy.query.internal;

import io.clickpy.core.packaging.PackageVersion;
import io.clickpy.core.packaging.VersionClause;
import io.clickpy.core.packaging.VersionClause.Comparison;
import io.clickpy.core.packaging.VersionClause.Compatible;
import io.clickpy.core.packaging.VersionClause.Relation;
import io.clickpy.core.packaging.VersionClause.SameText;
import io.clickpy.core.packaging.VersionClause.Series;
import io.clickpy.core.schema.Dimension;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Version specifiers of PEP 440 as SQL, so that the server, which alone knows what versions there
 * are, chooses among them in the same round trip. Each clause is an interval of {@link VersionKey}s
 * or all but one.
 */
final class VersionSql {
  private final Rendering rendering;

  private VersionSql(Rendering rendering) {
    this.rendering = rendering;
  }

  /** Returns the condition, on project and version. */
  static String of(Condition.Satisfies condition, List<Condition> together, Rendering rendering) {
    List<String> where = new ArrayList<>();
    for (Condition other : together) {
      if (other.dimension() == Dimension.PROJECT) {
        where.add(other.render(rendering, together));
      }
    }
    where.add(VersionKey.KNOWN);
    VersionSql sql = new VersionSql(rendering);
    condition.specifier().clauses().forEach(clause -> where.add(sql.matches(clause)));
    List<String> columns = new ArrayList<>(List.of("project", "version"));
    columns.addAll(VersionKey.COLUMNS);
    String chosen =
        switch (condition.effectivePreReleases()) {
          case INCLUDE -> "";
          case EXCLUDE -> "\nWHERE NOT is_pre";
          case BY_RULE -> {
            columns.add("min(is_pre) OVER (PARTITION BY project) AS nothing_else");
            yield "\nWHERE NOT is_pre OR nothing_else";
          }
        };
    String candidates =
        String.join(
            "\n",
            SqlText.select(columns),
            "FROM " + rendering.schema().rollup("pypi_downloads_by_version").name(),
            "WHERE " + String.join("\n  AND ", where));
    return "(project, version) IN (\n%s)"
        .formatted(
            SqlText.indented(
                "SELECT project, version\nFROM (\n%s)%s"
                    .formatted(SqlText.indented(candidates), chosen)));
  }

  private String matches(VersionClause clause) {
    if (clause instanceof Comparison comparison) {
      return matches(comparison);
    }
    if (clause instanceof Series series) {
      return series.relation() == Relation.NOT_EQUAL
          ? "NOT (" + inSeries(series) + ")"
          : inSeries(series);
    }
    if (clause instanceof Compatible compatible) {
      return atLeast(VersionKey.of(compatible.version()).numbers())
          + " AND "
          + inSeries(compatible.series());
    }
    return matches((SameText) clause);
  }

  private String matches(Comparison comparison) {
    PackageVersion version = comparison.version();
    VersionKey key = VersionKey.of(version);
    return switch (comparison.relation()) {
      case EQUAL -> equal(version);
      case NOT_EQUAL -> "NOT (" + equal(version) + ")";
      case AT_MOST -> "key <= " + bind(key.numbers());
      case AT_LEAST -> atLeast(key.numbers());
      // What is below a release is below all that begins with it, its pre-releases among them.
      case BELOW ->
          below(
              version.isPreRelease()
                  ? key.numbers()
                  : version.isPostRelease() ? key.post() : key.release());
      case ABOVE ->
          version.isPostRelease() || version.isDevRelease()
              ? "key > " + bind(key.numbers())
              : atLeast(VersionKey.after(key.base()));
    };
  }

  private String equal(PackageVersion version) {
    String equal = "key = " + bind(VersionKey.of(version).numbers());
    return version.toString().contains("+") ? equal + " AND " + sameLabel(version) : equal;
  }

  private String sameLabel(PackageVersion version) {
    String normal = version.toString();
    String label = normal.contains("+") ? normal.substring(normal.indexOf('+') + 1) : "";
    return "label = " + rendering.bind("label", "Array(String)", List.of(label.split("\\.", -1)));
  }

  /** A release that is too short goes on with zeros, which its key leaves out. */
  private String inSeries(Series series) {
    List<BigInteger> beginning = VersionKey.series(series.epoch(), series.release());
    List<BigInteger> after = VersionKey.after(beginning);
    while (beginning.size() > 1 && beginning.get(beginning.size() - 1).equals(BigInteger.ONE)) {
      beginning.remove(beginning.size() - 1);
    }
    return atLeast(beginning) + " AND " + below(after);
  }

  /** The text as it is written, or the normal form, if it is one. */
  private String matches(SameText same) {
    String text = same.text();
    String written = "lower(version) = " + rendering.bind("version", "String", text);
    return PackageVersion.tryParse(text)
        .filter(version -> version.toString().equals(text))
        .map(
            version ->
                "(%s OR (%s AND length(release) = %s AND %s))"
                    .formatted(
                        written,
                        "key = " + bind(VersionKey.of(version).numbers()),
                        rendering.bind("numbers", "UInt32", version.release().size()),
                        sameLabel(version)))
        .orElse(written);
  }

  private String atLeast(List<BigInteger> key) {
    return "key >= " + bind(key);
  }

  private String below(List<BigInteger> key) {
    return "key < " + bind(key);
  }

  private String bind(List<BigInteger> key) {
    return rendering.bind("key", VersionKey.TYPE, key);
  }
}
