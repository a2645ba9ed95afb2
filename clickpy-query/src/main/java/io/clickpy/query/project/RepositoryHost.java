package io.clickpy.query.project;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The hosts of which we know where in a path the repository ends. */
final class RepositoryHost {
  private static final Set<String> HOSTS =
      Set.of("github.com", "gitlab.com", "bitbucket.org", "codeberg.org");

  /** What stands where an owner would, and is none. */
  private static final Set<String> NO_OWNERS =
      Set.of("sponsors", "orgs", "users", "apps", "marketplace", "topics", "settings");

  private static final String GIT = ".git";

  private RepositoryHost() {}

  /**
   * Returns the repository that a link leads into, as {@code https://github.com/owner/name}; empty
   * if the host is unknown, or the link is to something else there.
   */
  static Optional<URI> repository(URI link) {
    String host = link.getHost().toLowerCase(Locale.ROOT).replaceFirst("^www\\.", "");
    List<String> path =
        Stream.of(link.getRawPath().split("/", -1)).filter(part -> !part.isEmpty()).toList();
    if (!HOSTS.contains(host) || path.size() < 2 || NO_OWNERS.contains(path.get(0))) {
      return Optional.empty();
    }
    // At GitLab a repository may be in a group of groups; "-" ends its path.
    int marker = path.indexOf("-");
    int length = host.equals("gitlab.com") ? (marker < 0 ? path.size() : marker) : 2;
    if (length < 2) {
      return Optional.empty();
    }
    String repository = "https://" + host + "/" + String.join("/", path.subList(0, length));
    return Optional.of(
        URI.create(
            repository.endsWith(GIT)
                ? repository.substring(0, repository.length() - GIT.length())
                : repository));
  }
}
