package io.clickpy.core.internal;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A link to ClickHouse's play page with a statement in it: the text in Base64 behind the {@code #},
 * where it never leaves the browser but to be run, and the parameters in the query string.
 */
public final class PlaygroundUrl {
  private static final String PLAY = "/play";

  private PlaygroundUrl() {}

  /**
   * Returns the link.
   *
   * @param base the page, or a server whose page is at {@code /play}
   * @throws IllegalArgumentException if it is no absolute http URI, or has a fragment
   */
  public static URI of(URI base, Statement statement) {
    check(base);
    List<String> query = new ArrayList<>();
    if (base.getRawQuery() != null && !base.getRawQuery().isEmpty()) {
      query.add(base.getRawQuery());
    }
    for (Map.Entry<String, Object> parameter : statement.parameters().entrySet()) {
      query.add(
          "param_" + parameter.getKey() + "=" + encoded(ParameterText.of(parameter.getValue())));
    }
    String path = base.getRawPath().length() > 1 ? base.getRawPath() : PLAY;
    return URI.create(
        "%s://%s%s%s#%s"
            .formatted(
                base.getScheme(),
                base.getRawAuthority(),
                path,
                query.isEmpty() ? "" : "?" + String.join("&", query),
                Base64.getEncoder()
                    .encodeToString(text(statement).getBytes(StandardCharsets.UTF_8))));
  }

  private static void check(URI base) {
    String scheme = String.valueOf(base.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https"))
        || base.getHost() == null
        || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "Invalid playground: '%s' (must be an http or https URI without a fragment). Give the page, as https://play.clickhouse.com/play?user=play."
              .formatted(base));
    }
  }

  /** The page knows no settings beside the text. */
  private static String text(Statement statement) {
    if (statement.settings().isEmpty()) {
      return statement.sql();
    }
    return statement.settings().entrySet().stream()
        .map(setting -> setting.getKey() + " = " + ParameterText.quoted(setting.getValue()))
        .collect(Collectors.joining(", ", statement.sql() + "\nSETTINGS ", ""));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
