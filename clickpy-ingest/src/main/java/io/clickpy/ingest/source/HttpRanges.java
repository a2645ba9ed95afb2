package io.clickpy.ingest.source;

import io.clickpy.core.RetryPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks HTTP servers for ranges of files, and believes no answer unseen.
 *
 * <p>Thread-safe.
 */
final class HttpRanges {
  private static final int MAX_REDIRECTS = 10;
  private static final int PARTIAL = 206;
  private static final int PRECONDITION_FAILED = 412;
  private static final int NO_SUCH_RANGE = 416;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18})");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

  private final HttpClient client;
  private final Map<String, String> headers;
  private final Duration timeout;
  private final RetryPolicy retries;

  HttpRanges(Map<String, String> headers, Duration timeout, RetryPolicy retries) {
    this.headers = headers;
    this.timeout = timeout;
    this.retries = retries;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
  }

  Attempts attempts() {
    return new Attempts(retries);
  }

  /**
   * Asks for a file's size and tag, by asking for its first byte: that also shows whether the
   * server answers ranges, and a signature for reading need not allow a HEAD.
   *
   * @param name what may be shown of the URL
   */
  HttpFile describe(URI name, URI url) throws IOException {
    Attempts attempts = attempts();
    while (true) {
      try {
        return describeOnce(name, url);
      } catch (IOException e) {
        attempts.waitAfter(e);
      }
    }
  }

  private HttpFile describeOnce(URI name, URI url) throws IOException {
    HttpResponse<HttpBody> response = send(url, Map.of("Range", "bytes=0-0"));
    try (InputStream body = response.body()) {
      if (isEmpty(response)) {
        return new HttpFile(
            this, name, url, new HttpValidator("If-Match", "\"\"", 0), Optional.empty());
      }
      if (response.statusCode() == 200) {
        throw HttpFailure.lasting(
            "the server does not answer range requests",
            "Download it, and load it with ParquetSource.local.");
      }
      long size = requireRange(response, 0, 1);
      HttpValidator validator =
          HttpValidator.of(response.headers(), size)
              .orElseThrow(
                  () ->
                      HttpFailure.lasting(
                          "the server gives neither a strong ETag nor a Last-Modified",
                          "Download it, and load it with ParquetSource.local."));
      return new HttpFile(this, name, url, validator, Optional.empty());
    }
  }

  /** An empty file has no first byte. */
  private static boolean isEmpty(HttpResponse<?> response) {
    HttpHeaders headers = response.headers();
    return switch (response.statusCode()) {
      case 200 -> headers.firstValueAsLong("Content-Length").orElse(-1) == 0;
      case NO_SUCH_RANGE -> headers.firstValue("Content-Range").orElse("").equals("bytes */0");
      default -> false;
    };
  }

  /**
   * Asks for a range of a file, once.
   *
   * @param listed the content that it must still have
   */
  InputStream open(URI url, HttpValidator listed, long offset, long length) throws IOException {
    HttpResponse<HttpBody> response =
        send(
            url,
            Map.of(
                "Range",
                "bytes=" + offset + "-" + (offset + length - 1),
                listed.condition(),
                listed.value()));
    try {
      int status = response.statusCode();
      if (status == PRECONDITION_FAILED || status == NO_SUCH_RANGE) {
        throw new FileChangedException();
      }
      long size = requireRange(response, offset, length);
      if (!HttpValidator.of(response.headers(), size).filter(listed::equals).isPresent()) {
        throw new FileChangedException();
      }
      return response.body();
    } catch (IOException e) {
      response.body().close();
      throw e;
    }
  }

  /** Returns the size of the file that the answer is the wanted range of. */
  private static long requireRange(HttpResponse<?> response, long offset, long length)
      throws HttpFailure {
    if (response.statusCode() != PARTIAL) {
      throw HttpFailure.status(response.statusCode(), retryAfter(response.headers()));
    }
    String found = response.headers().firstValue("Content-Range").orElse("none");
    Matcher range = CONTENT_RANGE.matcher(found);
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    if (!range.matches()
        || Long.parseLong(range.group(1)) != offset
        || Long.parseLong(range.group(2)) != offset + length - 1
        || !encoding.equals("identity")) {
      throw HttpFailure.lasting(
          "asked for bytes %s-%s, the server sent %s, encoding %s"
              .formatted(offset, offset + length - 1, found, encoding),
          "Download it, and load it with ParquetSource.local.");
    }
    return Long.parseLong(range.group(3));
  }

  private static Duration retryAfter(HttpHeaders headers) {
    return headers
        .firstValue("Retry-After")
        .filter(text -> SECONDS.matcher(text).matches())
        .map(text -> Duration.ofSeconds(Long.parseLong(text)))
        .orElse(Duration.ZERO);
  }

  /** Sends a request, wherever the server redirects it to. */
  private HttpResponse<HttpBody> send(URI url, Map<String, String> asked) throws IOException {
    URI at = url;
    for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
      HttpResponse<HttpBody> response = sendOnce(url, at, asked);
      if (!Redirect.isOne(response.statusCode())) {
        return response;
      }
      response.body().close();
      at = Redirect.target(at, response.headers().firstValue("Location").orElse(""));
    }
    throw HttpFailure.lasting(
        "it is redirected more than %s times".formatted(MAX_REDIRECTS), "Check the URL.");
  }

  private HttpResponse<HttpBody> sendOnce(URI origin, URI at, Map<String, String> asked)
      throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(HttpName.requested(at)).timeout(timeout);
    if (HttpName.sameOrigin(origin, at)) {
      if (origin.getUserInfo() != null) {
        request.setHeader("Authorization", basic(origin.getUserInfo()));
      }
      headers.forEach(request::setHeader);
    }
    request.setHeader("Accept-Encoding", "identity");
    asked.forEach(request::setHeader);
    try {
      return client.send(request.build(), info -> new HttpBody(timeout));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while it waited for the server");
    }
  }

  private static String basic(String userInfo) {
    String user = userInfo.contains(":") ? userInfo : userInfo + ":";
    return "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }
}
