package io.clickpy.query.export;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A row with a component of every kind; the text under test stands in the middle. */
record Sample(
    LocalDate day,
    Inner inner,
    Name name,
    String text,
    long count,
    Optional<String> maybe,
    List<String> texts,
    boolean whole) {

  record Inner(Instant at, Kind kind, double fraction) {}

  /** It says no more than its only component. */
  record Name(String value) {}

  record Link(Map<String, URI> links, int number) {}

  enum Kind {
    NAMED,
    OTHER
  }

  static Sample of(String text) {
    return new Sample(
        LocalDate.of(2024, 8, 12),
        new Inner(Instant.parse("2024-08-12T13:45:00Z"), Kind.NAMED, 0.25),
        new Name("pandas"),
        text,
        -9_787_106,
        Optional.empty(),
        List.of("a", "b"),
        true);
  }
}
