package io.clickpy.ingest.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What of a URL may be shown: server and path, but no user, password or query. */
final class HttpName {
  private HttpName() {}

  /**
   * Returns the URL without its secrets.
   *
   * @throws IllegalArgumentException if it is no URL of a file on an HTTP server; the message
   *     repeats no secret
   */
  static URI of(URI uri) {
    String scheme = lower(uri.getScheme());
    String host = uri.getHost();
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw invalid(uri, "the scheme must be http or https");
    }
    if (host == null) {
      throw invalid(uri, "it names no host, or one that no host can have");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return URI.create(scheme + "://" + lower(host) + port + path(uri));
  }

  /** Returns what is asked of the server: everything but user and fragment. */
  static URI requested(URI uri) {
    String query = uri.getRawQuery();
    return query == null ? of(uri) : URI.create(of(uri) + "?" + query);
  }

  /** Tells whether two URLs lead to the same server, with the same protection on the way. */
  static boolean sameOrigin(URI a, URI b) {
    return origin(a).equals(origin(b));
  }

  private static String origin(URI uri) {
    String scheme = lower(uri.getScheme());
    int usual = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    return scheme + "://" + lower(uri.getHost()) + ":" + port;
  }

  private static String path(URI uri) {
    return uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static IllegalArgumentException invalid(URI uri, String reason) {
    return new IllegalArgumentException(
        "Invalid URL: %s (%s). Use https://host/path/file.parquet."
            .formatted(withoutSecrets(uri), reason));
  }

  /** A URI that cannot be taken apart may hold a password anywhere behind its scheme. */
  private static String withoutSecrets(URI uri) {
    String scheme = uri.getScheme();
    if (uri.getHost() == null || uri.isOpaque()) {
      return scheme == null ? "…" : scheme + ":…";
    }
    try {
      return new URI(scheme, null, uri.getHost(), uri.getPort(), uri.getPath(), null, null)
          .toString();
    } catch (URISyntaxException e) {
      return scheme + ":…";
    }
  }
}
