package io.clickpy.query.project;

import io.clickpy.core.Row;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what authors write into the fields of their metadata. */
final class MetadataReader {
  /** The columns that are read. */
  static final List<String> COLUMNS =
      List.of(
          "summary",
          "author",
          "author_email",
          "maintainer",
          "maintainer_email",
          "license",
          "requires_python",
          "home_page",
          "project_urls",
          "classifiers");

  private static final String NOTHING = "UNKNOWN";
  private static final String LICENSE = "License ::";

  /** Longer ones are the licence itself, with its line breaks lost. */
  private static final int LONGEST_LICENSE_NAME = 100;

  /** {@code "Doe, Jane" <jane@example.org>}, of which there may be several. */
  private static final Pattern NAMED_ADDRESS =
      Pattern.compile("(?:\"([^\"]+)\"|([^\",<>]+))\\s*<[^<>]*>");

  private MetadataReader() {}

  static ReleaseMetadata read(Row row) {
    ProjectLinks links = ProjectLinks.of(row.string("home_page"), row.strings("project_urls"));
    Optional<String> email = text(row.string("author_email"));
    Optional<String> maintainerEmail = text(row.string("maintainer_email"));
    List<String> classifiers = row.strings("classifiers");
    return new ReleaseMetadata(
        text(row.string("summary")),
        text(row.string("author")).or(() -> email.flatMap(MetadataReader::names)),
        email,
        text(row.string("maintainer")).or(() -> maintainerEmail.flatMap(MetadataReader::names)),
        maintainerEmail,
        license(row.string("license"), classifiers),
        text(row.string("requires_python")),
        links.homePage(),
        links.repository(),
        links.byLabel(),
        classifiers);
  }

  static Optional<String> text(String field) {
    return Optional.of(field.strip()).filter(text -> !text.isEmpty() && !text.equals(NOTHING));
  }

  static Optional<String> names(String addresses) {
    return text(
        NAMED_ADDRESS
            .matcher(addresses)
            .results()
            .map(MetadataReader::name)
            .collect(Collectors.joining(", ")));
  }

  private static String name(MatchResult address) {
    return (address.group(1) == null ? address.group(2) : address.group(1)).strip();
  }

  static Optional<String> license(String field, List<String> classifiers) {
    Optional<String> told = text(field);
    Optional<String> name =
        told.filter(text -> text.lines().count() == 1 && text.length() <= LONGEST_LICENSE_NAME);
    return name.or(() -> classified(classifiers))
        .or(() -> told.flatMap(text -> text.lines().findFirst()).map(String::strip));
  }

  private static Optional<String> classified(List<String> classifiers) {
    return text(
        classifiers.stream()
            .filter(classifier -> classifier.startsWith(LICENSE))
            .map(classifier -> classifier.substring(classifier.lastIndexOf("::") + 2).strip())
            .filter(licence -> !licence.equals("OSI Approved"))
            .distinct()
            .collect(Collectors.joining(", ")));
  }
}
