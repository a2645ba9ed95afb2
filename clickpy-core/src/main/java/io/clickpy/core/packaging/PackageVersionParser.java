package io.clickpy.core.packaging;

import io.clickpy.core.packaging.PackageVersion.Phase;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a version in all the spellings of PEP 440, Appendix B, without the backtracking of its
 * regular expression.
 */
final class PackageVersionParser {
  private final TextCursor cursor;

  private PackageVersionParser(TextCursor cursor) {
    this.cursor = cursor;
  }

  static PackageVersion parse(String text) {
    TextCursor cursor =
        new TextCursor(
            text, "version", "Write it as PEP 440 says, for example 1.2.3, 2.0rc1 or 1.0.post1.");
    cursor.takeWhile(PackageVersionParser::isSpaceAround);
    PackageVersion version = read(cursor);
    cursor.takeWhile(PackageVersionParser::isSpaceAround);
    cursor.expectEnd();
    return version;
  }

  /** Of any script: installers forgive that. */
  private static boolean isSpaceAround(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
  }

  /** Reads as much of what is ahead as is a version. */
  static PackageVersion read(TextCursor cursor) {
    return new PackageVersionParser(cursor).version();
  }

  private PackageVersion version() {
    int start = cursor.position();
    cursor.acceptIgnoringCase("v");
    BigInteger epoch = BigInteger.ZERO;
    BigInteger first = cursor.number();
    if (cursor.accept('!')) {
      epoch = first;
      first = cursor.number();
    }
    List<BigInteger> release = release(first);
    Phase phase = preRelease();
    BigInteger phaseNumber = phase == Phase.FINAL ? BigInteger.ZERO : suffixNumber();
    BigInteger post = postRelease();
    BigInteger dev = suffix("dev") ? suffixNumber() : null;
    List<String> local = cursor.accept('+') ? local() : List.of();
    return new PackageVersion(
        cursor.since(start), epoch, release, phase, phaseNumber, post, dev, local);
  }

  private List<BigInteger> release(BigInteger first) {
    List<BigInteger> release = new ArrayList<>();
    release.add(first);
    int end = cursor.position();
    while (cursor.accept('.') && cursor.atDigit()) {
      release.add(cursor.number());
      end = cursor.position();
    }
    cursor.returnTo(end);
    return release;
  }

  private Phase preRelease() {
    if (suffix("alpha", "a")) {
      return Phase.ALPHA;
    }
    if (suffix("beta", "b")) {
      return Phase.BETA;
    }
    return suffix("rc", "c", "preview", "pre") ? Phase.CANDIDATE : Phase.FINAL;
  }

  private @Nullable BigInteger postRelease() {
    int start = cursor.position();
    if (cursor.accept('-') && cursor.atDigit()) {
      return cursor.number();
    }
    cursor.returnTo(start);
    return suffix("post", "rev", "r") ? suffixNumber() : null;
  }

  /** Accepts one of the words with or without a separator, or nothing. */
  private boolean suffix(String... words) {
    int start = cursor.position();
    skipSeparator();
    for (String word : words) {
      if (cursor.acceptIgnoringCase(word)) {
        return true;
      }
    }
    cursor.returnTo(start);
    return false;
  }

  /** The number of a suffix; 0 where it is left out, even behind a separator. */
  private BigInteger suffixNumber() {
    skipSeparator();
    return cursor.atDigit() ? cursor.number() : BigInteger.ZERO;
  }

  private List<String> local() {
    List<String> segments = new ArrayList<>();
    do {
      int start = cursor.position();
      String segment = cursor.takeWhile(Ascii::isLetterOrDigit);
      if (segment.isEmpty()) {
        throw cursor.unexpected("a letter or digit of the local label");
      }
      if (Ascii.isNumber(segment)) {
        cursor.returnTo(start);
        segments.add(cursor.number().toString());
      } else {
        segments.add(Ascii.lowerCase(segment));
      }
    } while (skipSeparator());
    return segments;
  }

  private boolean skipSeparator() {
    return cursor.accept('.') || cursor.accept('-') || cursor.accept('_');
  }
}
