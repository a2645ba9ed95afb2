package io.clickpy.query.internal;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns the values of records into what a file or a terminal can hold. */
public final class PlainValues {
  private PlainValues() {}

  /**
   * Returns a number, a boolean, a text, or null for nothing. The elements of a collection are one
   * text, divided by commas; whatever else has a text is that text.
   */
  public static @Nullable Object of(@Nullable Object value) {
    Object present = present(value);
    if (present == null || present instanceof Number || present instanceof Boolean) {
      return present;
    }
    if (present instanceof Collection<?> elements) {
      return elements.stream().map(PlainValues::text).collect(Collectors.joining(", "));
    }
    if (present instanceof Map<?, ?> entries) {
      return entries.entrySet().stream()
          .map(entry -> text(entry.getKey()) + ": " + text(entry.getValue()))
          .collect(Collectors.joining(", "));
    }
    return present.toString();
  }

  /** Returns what is in an optional value, or null if nothing is; other values as they are. */
  public static @Nullable Object present(@Nullable Object value) {
    if (value instanceof Optional<?> optional) {
      return present(optional.orElse(null));
    }
    if (value instanceof OptionalLong optional) {
      return optional.isPresent() ? optional.getAsLong() : null;
    }
    if (value instanceof OptionalInt optional) {
      return optional.isPresent() ? optional.getAsInt() : null;
    }
    if (value instanceof OptionalDouble optional) {
      return optional.isPresent() ? optional.getAsDouble() : null;
    }
    return value;
  }

  /** Returns a component of a record; null of null. */
  public static @Nullable Object component(RecordComponent component, @Nullable Object owner) {
    if (owner == null) {
      return null;
    }
    Method accessor = component.getAccessor();
    try {
      // A record declared in a method or a test is public to nobody.
      accessor.setAccessible(true);
      return accessor.invoke(owner);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalArgumentException(
          "Cannot read %s of a row (%s). Open its package to io.clickpy.query."
              .formatted(component, e.getMessage()),
          e);
    }
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(of(value));
  }
}
