package io.clickpy.core.packaging;

import io.clickpy.core.ProjectName;
import java.math.BigInteger;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/** A text that is read from left to right, and the errors that tell where it is wrong. */
final class TextCursor {
  /** As in Python, so that a version that no installer can read is none here either. */
  private static final int MOST_DIGITS = 4_300;

  private static final int MOST_CHARACTERS_SHOWN = 100;

  private final String text;
  private final String thing;
  private final String advice;
  private int position;

  /**
   * @param thing what the text is to be, for errors
   * @param advice the way out, for errors
   */
  TextCursor(String text, String thing, String advice) {
    this.text = text;
    this.thing = thing;
    this.advice = advice;
  }

  int position() {
    return position;
  }

  void returnTo(int earlier) {
    position = earlier;
  }

  /** The text between an earlier position and this one. */
  String since(int earlier) {
    return text.substring(earlier, position);
  }

  boolean atEnd() {
    return position == text.length();
  }

  boolean at(char c) {
    return !atEnd() && text.charAt(position) == c;
  }

  boolean atDigit() {
    return !atEnd() && Ascii.isDigit(text.charAt(position));
  }

  boolean accept(char c) {
    if (at(c)) {
      position++;
      return true;
    }
    return false;
  }

  boolean accept(String symbol) {
    if (text.startsWith(symbol, position)) {
      position += symbol.length();
      return true;
    }
    return false;
  }

  /**
   * Accepts the letters in lower or upper case.
   *
   * @param word in lower case
   */
  boolean acceptIgnoringCase(String word) {
    if (word.length() > text.length() - position) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (Ascii.lowerCase(text.charAt(position + i)) != word.charAt(i)) {
        return false;
      }
    }
    position += word.length();
    return true;
  }

  void expect(char c) {
    if (!accept(c)) {
      throw unexpected("'" + c + "'");
    }
  }

  void expectEnd() {
    if (!atEnd()) {
      throw unexpected("the end");
    }
  }

  String takeWhile(IntPredicate characters) {
    int start = position;
    while (!atEnd() && characters.test(text.charAt(position))) {
      position++;
    }
    return since(start);
  }

  void skipSpaces() {
    takeWhile(Ascii::isSpace);
  }

  BigInteger number() {
    String digits = takeWhile(Ascii::isDigit);
    if (digits.isEmpty()) {
      throw unexpected("a digit");
    }
    if (digits.length() > MOST_DIGITS) {
      throw error("a number has more than " + MOST_DIGITS + " digits");
    }
    return new BigInteger(digits);
  }

  /** The name of a project or of an extra. */
  ProjectName name() {
    int start = position;
    ProjectName name =
        ProjectName.of(
            takeWhile(c -> Ascii.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.'));
    if (!name.isValid()) {
      position = start;
      throw unexpected("a name that begins and ends with a letter or digit");
    }
    return name;
  }

  IllegalArgumentException unexpected(String expected) {
    String found =
        atEnd() ? "the end" : "'" + shown(Character.toString(text.codePointAt(position))) + "'";
    return error("expected %s at character %d, found %s".formatted(expected, position + 1, found));
  }

  IllegalArgumentException error(String reason) {
    return new IllegalArgumentException(
        "Invalid %s: '%s' (%s). %s".formatted(thing, shown(text), reason, advice));
  }

  /** A text as a message may show it: not too long, and on the line that the message is on. */
  static String shown(String text) {
    boolean isLong = text.codePointCount(0, text.length()) > MOST_CHARACTERS_SHOWN;
    return text.codePoints()
        .limit(MOST_CHARACTERS_SHOWN)
        .mapToObj(c -> Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c))
        .collect(Collectors.joining("", "", isLong ? "…" : ""));
  }
}
