package io.clickpy.core;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Does with a link what ClickHouse's play page does: reads it, and runs what is in it. */
public final class PlayPage {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private PlayPage() {}

  /** Returns the text that the page shows. */
  public static String text(URI link) {
    return new String(Base64.getDecoder().decode(link.getRawFragment()), StandardCharsets.UTF_8);
  }

  /** Returns what the query string says, by name. */
  public static Map<String, String> parameters(URI link) {
    return Arrays.stream(link.getRawQuery().split("&"))
        .map(part -> part.split("=", 2))
        .collect(
            Collectors.toMap(
                part -> part[0],
                part -> URLDecoder.decode(part[1], StandardCharsets.UTF_8),
                (a, b) -> b,
                TreeMap::new));
  }

  /** Sends what the page sends, and returns the answer. */
  public static String run(URI link, URI server) throws IOException, InterruptedException {
    String query =
        parameters(link).entrySet().stream()
            .map(
                value ->
                    value.getKey()
                        + "="
                        + URLEncoder.encode(value.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(server.resolve("/?default_format=JSONCompactEachRow&" + query))
                .POST(HttpRequest.BodyPublishers.ofString(text(link)))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new AssertionError(response.body());
    }
    return response.body();
  }
}
