package io.clickpy.core.packaging;

import io.clickpy.core.packaging.VersionClause.Comparison;
import io.clickpy.core.packaging.VersionClause.Compatible;
import io.clickpy.core.packaging.VersionClause.Relation;
import io.clickpy.core.packaging.VersionClause.SameText;
import io.clickpy.core.packaging.VersionClause.Series;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the clauses of a version specifier, alone or within a requirement. */
final class VersionSpecifierParser {
  private final TextCursor cursor;

  private VersionSpecifierParser(TextCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads the clauses ahead, none if there is none, and the spaces behind them. */
  static VersionSpecifier read(TextCursor cursor) {
    List<VersionClause> clauses = new ArrayList<>();
    do {
      cursor.skipSpaces();
      if (!atOperator(cursor)) {
        break; // A comma may end the list.
      }
      clauses.add(clause(cursor));
      cursor.skipSpaces();
    } while (cursor.accept(','));
    return new VersionSpecifier(clauses);
  }

  /** Reads a single clause if the text is one. */
  static Optional<VersionClause> tryClause(String text) {
    try {
      TextCursor cursor = new TextCursor(text, "version clause", "");
      VersionClause clause = clause(cursor);
      cursor.skipSpaces();
      cursor.expectEnd();
      return Optional.of(clause);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static VersionClause clause(TextCursor cursor) {
    return new VersionSpecifierParser(cursor).clause();
  }

  private static boolean atOperator(TextCursor cursor) {
    return cursor.at('=') || cursor.at('!') || cursor.at('<') || cursor.at('>') || cursor.at('~');
  }

  private VersionClause clause() {
    if (cursor.accept("===")) {
      return sameText();
    }
    if (cursor.accept("~=")) {
      return compatible();
    }
    for (Relation relation : Relation.values()) {
      if (cursor.accept(relation.symbol())) {
        return comparison(relation);
      }
    }
    throw cursor.unexpected("one of == != <= >= < > ~= ===");
  }

  private VersionClause sameText() {
    cursor.skipSpaces();
    String text = cursor.takeWhile(c -> !Ascii.isSpace(c) && c != ',' && c != ';' && c != ')');
    if (text.isEmpty()) {
      throw cursor.unexpected("a version");
    }
    return new SameText(Ascii.lowerCase(text));
  }

  private VersionClause compatible() {
    PackageVersion version = publicVersion("~=");
    List<BigInteger> release = version.release();
    if (release.size() < 2) {
      throw cursor.error("~= needs a version of two numbers or more");
    }
    return new Compatible(
        version,
        new Series(Relation.EQUAL, version.epoch(), release.subList(0, release.size() - 1)));
  }

  private VersionClause comparison(Relation relation) {
    if (relation != Relation.EQUAL && relation != Relation.NOT_EQUAL) {
      return new Comparison(relation, publicVersion(relation.symbol()));
    }
    PackageVersion version = version();
    if (!cursor.accept(".*")) {
      return new Comparison(relation, version);
    }
    if (version.isPreRelease() || version.isPostRelease() || version.isLocal()) {
      throw cursor.error(".* may follow the numbers of a release alone");
    }
    return new Series(relation, version.epoch(), version.release());
  }

  private PackageVersion publicVersion(String operator) {
    PackageVersion version = version();
    if (version.isLocal()) {
      throw cursor.error(operator + " takes no local label");
    }
    if (cursor.accept(".*")) {
      throw cursor.error(operator + " takes no .*");
    }
    return version;
  }

  private PackageVersion version() {
    cursor.skipSpaces();
    return PackageVersionParser.read(cursor);
  }
}
