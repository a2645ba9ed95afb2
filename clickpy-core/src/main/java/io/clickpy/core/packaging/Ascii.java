package io.clickpy.core.packaging;

/** Letters, digits and spaces of ASCII, which are all that the PEPs know. */
final class Ascii {
  private Ascii() {}

  static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetterOrDigit(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Space, tab, line feed, vertical tab, form feed and carriage return. */
  static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(Ascii::isDigit);
  }

  static char lowerCase(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  /** Unlike {@link String#toLowerCase()}, makes no k of the Kelvin sign. */
  static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      lower.append(lowerCase(text.charAt(i)));
    }
    return lower.toString();
  }
}
