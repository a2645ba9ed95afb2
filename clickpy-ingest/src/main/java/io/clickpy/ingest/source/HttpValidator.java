package io.clickpy.ingest.source;

import java.net.http.HttpHeaders;
import java.util.Optional;

/**
 * What tells a file's content from another: a strong ETag, else time of the last change and size.
 *
 * @param condition the header that asks for this content or none
 * @param value that header's value
 * @param size the file's size in bytes
 */
record HttpValidator(String condition, String value, long size) {
  private static final String IF_MATCH = "If-Match";

  /** Returns the validator of an answer, if it has one. */
  static Optional<HttpValidator> of(HttpHeaders headers, long size) {
    return headers
        .firstValue("ETag")
        // A weak one may stay the same while bytes change.
        .filter(tag -> tag.startsWith("\""))
        .map(tag -> new HttpValidator(IF_MATCH, tag, size))
        .or(
            () ->
                headers
                    .firstValue("Last-Modified")
                    .map(time -> new HttpValidator("If-Unmodified-Since", time, size)));
  }

  /** Returns the text by which a load knows the content. */
  String tag() {
    return condition.equals(IF_MATCH) ? value : value + "-" + size;
  }
}
