package io.clickpy.ingest.source;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.RetryPolicy;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Files of HTTP servers, each named by its URL.
 *
 * <pre>{@code
 * ParquetSource source =
 *     ParquetSource.http(URI.create("https://example.org/downloads/2024-08-12.parquet"))
 *         .header("Authorization", "Bearer " + System.getenv("TOKEN"))
 *         .timeout(Duration.ofSeconds(10));
 * }</pre>
 *
 * <p>Only the ranges needed are fetched, so the server must answer range requests, and say an ETag
 * or a time of the last change: without the first a file cannot be read in parts, without the
 * second nobody could tell whether the parts belong together. A server that lacks either is refused
 * when the files are listed. The content tag is the ETag if it is a strong one, else time of the
 * last change and size. Each range is asked for on the condition that the file is still the one
 * listed, and the answer is checked for it: a file that changes fails with {@link
 * FileChangedException}.
 *
 * <p>A broken connection, a body that ends early, silence, and the answers 408, 429, 500, 502, 503
 * and 504 are tried again after a pause, from the first byte that is missing. Up to ten redirects
 * are followed, none from https to http.
 *
 * <p>User and password in a URL are sent as basic authentication. They, the headers, and the query
 * of a URL, which may be a signature, appear in no message and no report: a file is known by its
 * URL without them, and that must be unique. They go to the server of the URL, and to no other that
 * it redirects to.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class HttpSource implements ParquetSource {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final RetryPolicy RETRIES =
      new RetryPolicy(6, Duration.ofMillis(250), Duration.ofSeconds(30));

  private final Map<URI, URI> urisByName;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final RetryPolicy retries;
  private final Reach reach;

  private HttpSource(
      Map<URI, URI> urisByName,
      Map<String, String> headers,
      Duration timeout,
      RetryPolicy retries,
      Reach reach) {
    this.urisByName = urisByName;
    this.headers = headers;
    this.timeout = timeout;
    this.retries = retries;
    this.reach = reach;
    requireNoSecrets();
  }

  /** The server's SQL, and so its logs, would show them. */
  private void requireNoSecrets() {
    boolean secrets =
        !headers.isEmpty()
            || urisByName.values().stream()
                .anyMatch(uri -> uri.getUserInfo() != null || uri.getQuery() != null);
    if (reach == Reach.SERVER && secrets) {
      throw new IllegalArgumentException(
          "Invalid source: %s (the server would log its credentials, headers or query). Leave out reachableByServer(), or name URLs that need none."
              .formatted(this));
    }
  }

  static HttpSource of(List<URI> uris) {
    if (uris.isEmpty()) {
      throw new IllegalArgumentException("Invalid URLs: (none). Name at least one.");
    }
    Map<URI, URI> byName = new LinkedHashMap<>();
    for (URI uri : uris) {
      URI name = HttpName.of(uri);
      if (byName.put(name, uri) != null) {
        throw new IllegalArgumentException(
            "Invalid URLs: two are named %s (a query is no part of a file's name, as it may be secret). Write a ParquetSource that names them apart."
                .formatted(name));
      }
    }
    return new HttpSource(
        Collections.unmodifiableMap(byName), Map.of(), TIMEOUT, RETRIES, Reach.PROGRAM);
  }

  /**
   * Returns this source with a header for every request to the servers of its URLs; a second of the
   * same name replaces the first.
   *
   * @throws IllegalArgumentException if HTTP knows no such header; the message does not hold its
   *     value
   */
  public HttpSource header(String name, String value) {
    try {
      HttpRequest.newBuilder().header(name, value);
    } catch (IllegalArgumentException e) {
      // Not the cause: its message may hold the value.
      throw new IllegalArgumentException(
          "Invalid header: %s (its name is reserved, or name or value hold what HTTP forbids)."
              .formatted(name));
    }
    Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return new HttpSource(urisByName, more, timeout, retries, reach);
  }

  /**
   * Returns this source with another limit for each wait: to connect, for an answer, and for its
   * next bytes. The default is 30 seconds.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public HttpSource timeout(Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(
          "Invalid timeout: %s (must be positive).".formatted(value));
    }
    return new HttpSource(urisByName, headers, value, retries, reach);
  }

  /**
   * Returns this source with another policy for what may pass. By default a range is asked for six
   * times, with pauses of at most a quarter of a second, half, 1, 2 and 4. A server's {@code
   * Retry-After} is heeded as far as the policy's longest pause.
   */
  public HttpSource retries(RetryPolicy policy) {
    return new HttpSource(
        urisByName, headers, timeout, Objects.requireNonNull(policy, "policy"), reach);
  }

  /**
   * Returns this source with the assurance that the ClickHouse server reaches the same URLs: it
   * then fetches the files itself. Each of its requests has the condition that the file is the one
   * listed, so a server that heeds no {@code If-Match} must not be named here.
   *
   * @throws IllegalArgumentException if a URL has a user or a query, or there are headers: they
   *     would appear in the ClickHouse server's logs
   */
  public HttpSource reachableByServer() {
    return new HttpSource(urisByName, headers, timeout, retries, Reach.SERVER);
  }

  /**
   * Asks each server for its file's size and tag, one after the other.
   *
   * @throws ClickPyException naming the first file that cannot be had, and why
   */
  @Override
  public List<SourceFile> list() {
    HttpRanges ranges = new HttpRanges(headers, timeout, retries);
    List<SourceFile> files = new ArrayList<>(urisByName.size());
    urisByName.forEach((name, uri) -> files.add(listed(ranges, name, uri)));
    return List.copyOf(files);
  }

  private SourceFile listed(HttpRanges ranges, URI name, URI uri) {
    try {
      HttpFile file = ranges.describe(name, uri);
      return reach == Reach.SERVER ? file.reachableByServer() : file;
    } catch (InterruptedIOException e) {
      throw new ClickPyException(
          ErrorCode.CANCELLED, "The load was interrupted while its files were listed.", e);
    } catch (IOException e) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Cannot list %s (%s). %s".formatted(name, HttpFailure.reason(e), HttpFailure.wayOut(e)),
          e,
          HttpFailure.mayPass(e),
          null);
    }
  }

  @Override
  public String toString() {
    return urisByName.keySet().stream()
        .map(URI::toString)
        .collect(Collectors.joining(", ", "ParquetSource.http(", ")"));
  }

  /** Who can fetch the files. */
  private enum Reach {
    PROGRAM,
    SERVER
  }
}
