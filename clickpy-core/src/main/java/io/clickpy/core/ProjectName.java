package io.clickpy.core;

import java.util.regex.Pattern;

/**
 * The name of a project on PyPI, in the normal form of PEP 503: {@code Scikit_Learn} and {@code
 * scikit-learn} are one project. Downloads are stored under this form.
 *
 * <p>Any text has a normal form. A text that no project can be called, as one with spaces, names a
 * project without downloads; {@link #isValid()} tells.
 *
 * @param value the normal form: runs of {@code - _ .} as one {@code -}, letters of ASCII in lower
 *     case, all else untouched
 * @see <a href="https://peps.python.org/pep-0503/#normalized-names">PEP 503, normalized names</a>
 */
public record ProjectName(String value) {
  private static final Pattern SEPARATORS = Pattern.compile("[-_.]+");
  private static final Pattern VALID = Pattern.compile("[a-z0-9](?:[a-z0-9-]*[a-z0-9])?");

  /** Brings the name into its normal form. */
  public ProjectName {
    value = lowerCase(SEPARATORS.matcher(value).replaceAll("-"));
  }

  /**
   * Returns the project of that name.
   *
   * @param name as a user may write it
   */
  public static ProjectName of(String name) {
    return new ProjectName(name);
  }

  /**
   * Returns whether PyPI accepts such a name: letters, digits and separators of ASCII, a letter or
   * digit at both ends.
   *
   * @see <a href="https://peps.python.org/pep-0508/#names">PEP 508, names</a>
   */
  public boolean isValid() {
    return VALID.matcher(value).matches();
  }

  /** ASCII alone: the Kelvin sign is no k, and must not lead to another project. */
  private static String lowerCase(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  @Override
  public String toString() {
    return value;
  }
}
