package io.clickpy.core.packaging;

import io.clickpy.core.ProjectName;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads a requirement of PEP 508. */
final class RequirementParser {
  private final TextCursor cursor;

  private RequirementParser(TextCursor cursor) {
    this.cursor = cursor;
  }

  static Requirement parse(String text) {
    return new RequirementParser(
            new TextCursor(
                text,
                "requirement",
                "Write it as PEP 508 says, for example"
                    + " requests[socks]>=2,<3; python_version < \"3.9\"."))
        .requirement();
  }

  private Requirement requirement() {
    cursor.skipSpaces();
    ProjectName name = cursor.name();
    cursor.skipSpaces();
    Set<String> extras = cursor.accept('[') ? extras() : Set.of();
    cursor.skipSpaces();
    String url = cursor.accept('@') ? url() : null;
    VersionSpecifier specifier = url == null ? specifier() : new VersionSpecifier(List.of());
    cursor.skipSpaces();
    Marker marker = cursor.accept(';') ? MarkerParser.read(cursor) : null;
    if (!cursor.atEnd()) {
      throw cursor.unexpected(marker != null ? "the end" : "a version specifier, ';' or the end");
    }
    return new Requirement(name, extras, specifier, url, marker);
  }

  private Set<String> extras() {
    Set<String> extras = new TreeSet<>();
    cursor.skipSpaces();
    if (cursor.accept(']')) {
      return extras;
    }
    do {
      cursor.skipSpaces();
      extras.add(cursor.name().value());
      cursor.skipSpaces();
    } while (cursor.accept(','));
    cursor.expect(']');
    return extras;
  }

  private String url() {
    cursor.skipSpaces();
    String url = cursor.takeWhile(c -> !Ascii.isSpace(c));
    if (url.isEmpty()) {
      throw cursor.unexpected("a URL");
    }
    return url;
  }

  private VersionSpecifier specifier() {
    boolean parenthesised = cursor.accept('(');
    VersionSpecifier specifier = VersionSpecifierParser.read(cursor);
    if (parenthesised) {
      cursor.expect(')');
    }
    return specifier;
  }
}
