package io.clickpy.query.project;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The links of a project.
 *
 * @param homePage what the author calls the home page
 * @param byLabel all others, as the author orders them
 */
record ProjectLinks(Optional<URI> homePage, Map<String, URI> byLabel) {
  /** In the form of PEP 753: without spaces and punctuation. */
  private static final Set<String> HOME = Set.of("homepage", "home", "website");

  private static final Set<String> SOURCE =
      Set.of("source", "repository", "sourcecode", "github", "gitlab", "code", "repo");

  ProjectLinks {
    byLabel = Collections.unmodifiableMap(new LinkedHashMap<>(byLabel));
  }

  /**
   * Reads the links.
   *
   * @param homePage the field of that name
   * @param projectUrls label and URL, divided by a comma
   */
  static ProjectLinks of(String homePage, List<String> projectUrls) {
    Map<String, URI> links = new LinkedHashMap<>();
    for (String line : projectUrls) {
      int comma = line.indexOf(',');
      if (comma > 0) {
        link(line.substring(comma + 1))
            .ifPresent(uri -> links.putIfAbsent(line.substring(0, comma).strip(), uri));
      }
    }
    return new ProjectLinks(link(homePage).or(() -> labelled(links, HOME)), links);
  }

  /**
   * Returns where the source is: what is labelled so, else any link to a repository of a well-known
   * host; in the host's short form, without what is behind the repository.
   */
  Optional<URI> repository() {
    Optional<URI> labelled = labelled(byLabel, SOURCE);
    return labelled
        .flatMap(RepositoryHost::repository)
        .or(() -> labelled)
        .or(
            () ->
                byLabel.values().stream()
                    .flatMap(link -> RepositoryHost.repository(link).stream())
                    .findFirst())
        .or(() -> homePage.flatMap(RepositoryHost::repository));
  }

  private static Optional<URI> labelled(Map<String, URI> links, Set<String> labels) {
    return links.entrySet().stream()
        .filter(link -> labels.contains(normal(link.getKey())))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** As PEP 753 compares labels. */
  private static String normal(String label) {
    return label.replaceAll("[\\p{Punct}\\s]", "").toLowerCase(Locale.ROOT);
  }

  private static Optional<URI> link(String text) {
    try {
      URI uri = new URI(text.strip());
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean leadsAnywhere =
          (scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null;
      return leadsAnywhere ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException e) {
      return Optional.empty();
    }
  }
}
