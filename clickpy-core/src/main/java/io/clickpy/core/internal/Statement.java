package io.clickpy.core.internal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL text with its bound parameters and the server's settings for it; immutable.
 *
 * @param sql one statement
 * @param parameters values of the text's {@code {name:Type}} places, as their callers gave them
 * @param settings the server's settings for this statement alone
 */
public record Statement(String sql, Map<String, Object> parameters, Map<String, String> settings) {
  private static final Pattern PASSWORD =
      Pattern.compile(
          "(?i)(\\bPASSWORD\\s+|\\bIDENTIFIED\\s+WITH\\s+\\w+\\s+BY\\s+)'(?:[^'\\\\]|\\\\.)*'");
  private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** Checks that there is a text and fixes the order of the maps. */
  public Statement {
    if (sql.isBlank()) {
      throw new IllegalArgumentException("Invalid SQL: (empty)");
    }
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
  }

  /** Returns a statement without parameters or settings. */
  public static Statement of(String sql) {
    return new Statement(sql, Map.of(), Map.of());
  }

  /** Returns this statement with one more parameter. */
  public Statement bind(String name, Object value) {
    Objects.requireNonNull(value, name);
    Parameters.text(value); // A value that cannot travel is refused here, where it is given.
    return new Statement(sql, with(parameters, valid("parameter", name), value), settings);
  }

  /** Returns this statement with one more setting, or another value of it. */
  public Statement setting(String name, String value) {
    return new Statement(sql, parameters, with(settings, valid("setting", name), value));
  }

  /** Returns the text for people: ClickHouse takes the passwords of sources only as literals. */
  public String sqlWithoutSecrets() {
    return PASSWORD.matcher(sql).replaceAll("$1'***'");
  }

  /** Returns the first word in capital letters, as {@code SELECT}. */
  public String firstWord() {
    Matcher word = WORD.matcher(sql);
    return word.find() ? word.group().toUpperCase(Locale.ROOT) : "";
  }

  private static String valid(String what, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Invalid %s name: '%s' (must be letters, digits and _)".formatted(what, name));
    }
    return name;
  }

  private static <V> Map<String, V> with(Map<String, V> map, String name, V value) {
    Map<String, V> copy = new LinkedHashMap<>(map);
    copy.put(name, value);
    return copy;
  }
}
