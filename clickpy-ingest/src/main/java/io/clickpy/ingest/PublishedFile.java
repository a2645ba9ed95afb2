package io.clickpy.ingest;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A file all of whose downloads are in all tables.
 *
 * @param uri the file's name
 * @param contentTag tells the content that was loaded from another
 * @param bytes the file's size
 * @param downloads what it brought: its rows without those rejected
 * @param days the same by day in UTC, of the days that were asked for, without those that were
 *     replaced since
 * @param at when it was published
 */
public record PublishedFile(
    URI uri,
    String contentTag,
    long bytes,
    long downloads,
    SortedMap<LocalDate, Long> days,
    Instant at) {
  /** Checks that nothing is missing, and copies the map. */
  public PublishedFile {
    Objects.requireNonNull(uri, "uri");
    Objects.requireNonNull(contentTag, "contentTag");
    Objects.requireNonNull(at, "at");
    days = Collections.unmodifiableSortedMap(new TreeMap<>(days));
  }
}
