package io.clickpy.core.internal;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Brings parameter values into a form that the driver sends right.
 *
 * <p>The driver escapes strings and arrays of strings. It does not get instants right, nor times
 * whose seconds are zero, so those are given their text here, in UTC.
 */
public final class Parameters {
  private static final DateTimeFormatter DATE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DATE_TIME_FRACTION =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSSSS", Locale.ROOT);

  private Parameters() {}

  /** Returns the values as the driver wants them. */
  public static Map<String, Object> forDriver(Map<String, Object> parameters) {
    Map<String, Object> result = new LinkedHashMap<>();
    parameters.forEach((name, value) -> result.put(name, text(value)));
    return result;
  }

  /** Returns one value as the driver wants it. */
  static Object text(Object value) {
    if (value instanceof Collection<?> values) {
      return values.stream().map(Parameters::text).toList();
    }
    if (value instanceof CharSequence
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof BigInteger
        || value instanceof Double
        || value instanceof Boolean
        || value instanceof LocalDate
        || value instanceof UUID) {
      return value instanceof String || value instanceof Number ? value : value.toString();
    }
    if (value instanceof Instant instant) {
      return text(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
    }
    if (value instanceof LocalDateTime time) {
      return (time.equals(time.truncatedTo(ChronoUnit.SECONDS)) ? DATE_TIME : DATE_TIME_FRACTION)
          .format(time);
    }
    throw new IllegalArgumentException(
        "Invalid parameter value of %s (must be one of %s, or a collection of them)"
            .formatted(
                value.getClass().getName(),
                List.of("String", "integer", "Double", "Boolean", "LocalDate", "Instant", "UUID")));
  }
}
