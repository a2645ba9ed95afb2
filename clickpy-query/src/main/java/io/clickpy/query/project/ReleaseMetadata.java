package io.clickpy.query.project;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the author of a release says about it. A text that is blank or {@code UNKNOWN}, which old
 * tools write, is absent; so is a link that is not of http or https. All of it is written by
 * strangers: escape it where you show it.
 *
 * @param summary one line
 * @param author who wrote it; told from the address where the name stands there alone
 * @param authorEmail addresses, often with names
 * @param maintainer who looks after it
 * @param maintainerEmail addresses, often with names
 * @param license the licence in one line: what the author says, if that is one line, else what the
 *     classifiers say, else the first line
 * @param requiresPython which versions of Python, as PEP 440 specifiers; not checked
 * @param homePage the home page
 * @param repository where the source is
 * @param projectUrls all links by their labels, as the author orders them
 * @param classifiers trove classifiers
 */
public record ReleaseMetadata(
    Optional<String> summary,
    Optional<String> author,
    Optional<String> authorEmail,
    Optional<String> maintainer,
    Optional<String> maintainerEmail,
    Optional<String> license,
    Optional<String> requiresPython,
    Optional<URI> homePage,
    Optional<URI> repository,
    Map<String, URI> projectUrls,
    List<String> classifiers) {

  /** Checks that nothing is missing, and copies. */
  public ReleaseMetadata {
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(author, "author");
    Objects.requireNonNull(authorEmail, "authorEmail");
    Objects.requireNonNull(maintainer, "maintainer");
    Objects.requireNonNull(maintainerEmail, "maintainerEmail");
    Objects.requireNonNull(license, "license");
    Objects.requireNonNull(requiresPython, "requiresPython");
    Objects.requireNonNull(homePage, "homePage");
    Objects.requireNonNull(repository, "repository");
    projectUrls = Collections.unmodifiableMap(new LinkedHashMap<>(projectUrls));
    classifiers = List.copyOf(classifiers);
  }
}
