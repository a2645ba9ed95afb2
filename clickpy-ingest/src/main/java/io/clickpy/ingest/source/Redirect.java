package io.clickpy.ingest.source;

import java.net.URI;
import java.util.Set;

/** Where a server sends who asks it for a file. */
final class Redirect {
  private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

  private Redirect() {}

  static boolean isOne(int status) {
    return STATUSES.contains(status);
  }

  /**
   * Returns where to ask next.
   *
   * @param location the header of that name; empty if there is none
   * @throws HttpFailure if that is nowhere, or a way that others can read where this one was safe
   */
  static URI target(URI from, String location) throws HttpFailure {
    if (location.isEmpty()) {
      throw nowhere();
    }
    URI target;
    try {
      target = from.resolve(URI.create(location));
      HttpName.of(target);
    } catch (IllegalArgumentException e) {
      throw nowhere();
    }
    if ("https".equalsIgnoreCase(from.getScheme())
        && !"https".equalsIgnoreCase(target.getScheme())) {
      throw HttpFailure.lasting(
          "it is redirected from https to http", "Name the http URL if you trust the way.");
    }
    return target;
  }

  private static HttpFailure nowhere() {
    return HttpFailure.lasting("it is redirected to no URL of a file", "Check the URL.");
  }
}
