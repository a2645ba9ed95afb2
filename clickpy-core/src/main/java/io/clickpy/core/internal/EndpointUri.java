package io.clickpy.core.internal;

import io.clickpy.core.Credentials;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parts of {@code http[s]://[user[:password]@]host[:port][/database]}. */
public record EndpointUri(
    URI endpoint, Optional<Credentials> credentials, Optional<String> database) {

  /** Takes the text apart; a message about a bad one never repeats the user's password. */
  public static EndpointUri parse(String text) {
    URI uri;
    try {
      uri = new URI(text.strip()).parseServerAuthority();
    } catch (URISyntaxException e) {
      throw invalid(
          "(not a URI; a host name has no underscore, and a password's special characters are"
              + " percent-encoded)"); // Not the cause: its message holds the whole text.
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw invalid("(scheme must be http or https)");
    }
    if (uri.getHost() == null) {
      throw invalid("(no host)");
    }
    if (uri.getQuery() != null || uri.getFragment() != null) {
      throw invalid("(no query or fragment allowed; use ClickPyConfig for settings)");
    }
    int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 8443 : 8123;
    return new EndpointUri(
        URI.create(scheme + "://" + uri.getHost() + ":" + port),
        Optional.ofNullable(uri.getRawUserInfo()).map(EndpointUri::credentials),
        database(uri.getPath()));
  }

  private static Credentials credentials(String userInfo) {
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new Credentials(decoded(userInfo), "")
        : new Credentials(
            decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static Optional<String> database(@Nullable String path) {
    if (path == null || path.isEmpty() || path.equals("/")) {
      return Optional.empty();
    }
    return Optional.of(path.substring(1));
  }

  private static IllegalArgumentException invalid(String reason) {
    return new IllegalArgumentException(
        "Invalid endpoint %s. Use http://host:8123, https://host:8443 or".formatted(reason)
            + " http://user:password@host:8123/database.");
  }
}
