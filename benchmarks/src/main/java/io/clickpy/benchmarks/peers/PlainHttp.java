package io.clickpy.benchmarks.peers;

import io.clickpy.core.Query;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Questions sent by {@code java.net.http} and decoded by hand: the floor. */
public final class PlainHttp {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI endpoint;
  private final String database;

  /** Prepares to ask a database. */
  public PlainHttp(URI endpoint, String database) {
    this.endpoint = endpoint;
    this.database = database;
  }

  /** Asks, and decodes the whole answer. */
  public <R> List<R> fetch(Query<?> question, Decoder<R> decoder)
      throws IOException, InterruptedException {
    List<R> rows = new ArrayList<>();
    try (InputStream answer = open(question)) {
      RowBinaryInput in = new RowBinaryInput(answer);
      while (in.hasRow()) {
        rows.add(decoder.row(in));
      }
    }
    return rows;
  }

  /** Asks, and gives the answer as it comes, in {@code RowBinary}. */
  public InputStream open(Query<?> question) throws IOException, InterruptedException {
    StringBuilder query = new StringBuilder("/?default_format=RowBinary&database=" + database);
    for (Map.Entry<String, Object> parameter : question.parameters().entrySet()) {
      query
          .append("&param_")
          .append(parameter.getKey())
          .append('=')
          .append(URLEncoder.encode(parameter.getValue().toString(), StandardCharsets.UTF_8));
    }
    HttpResponse<InputStream> response =
        client.send(
            HttpRequest.newBuilder(endpoint.resolve(query.toString()))
                .POST(BodyPublishers.ofString(question.sql()))
                .build(),
            BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException(new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
    }
    return response.body();
  }

  /**
   * Makes a row of the next columns.
   *
   * @param <R> what a row becomes
   */
  @FunctionalInterface
  public interface Decoder<R> {
    /** Reads the columns of one row. */
    R row(RowBinaryInput in) throws IOException;
  }
}
