package io.clickpy.query.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectLinksTest {
  private static final URI GITHUB = URI.create("https://github.com/pandas-dev/pandas");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/pandas-dev/pandas",
        "http://www.github.com/pandas-dev/pandas/",
        "https://GitHub.com/pandas-dev/pandas.git",
        "https://github.com/pandas-dev/pandas#readme",
        "https://github.com/pandas-dev/pandas?tab=readme-ov-file",
        "https://github.com/pandas-dev/pandas/tree/main/doc",
        "https://github.com/pandas-dev/pandas/issues",
      })
  void aLinkIntoARepositoryIsTheRepository(String link) {
    assertThat(ProjectLinks.of("", List.of("Tracker, " + link)).repository()).contains(GITHUB);
    assertThat(ProjectLinks.of(link, List.of()).repository()).contains(GITHUB);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://github.com/sponsors/pandas-dev",
        "https://github.com/pandas-dev",
        "https://github.com/",
        "https://github.com",
        "https://example.org/pandas-dev/pandas",
        "git@github.com:pandas-dev/pandas.git",
        "javascript:alert(1)//github.com/a/b",
        "https://gitlab.com/-/a/b",
        "https://exa mple.org/",
        "",
      })
  void otherLinksLeadToNoRepository(String link) {
    assertThat(ProjectLinks.of(link, List.of("Home, " + link)).repository()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "https://gitlab.com/a/b/c/-/issues, https://gitlab.com/a/b/c",
    "https://gitlab.com/a/b.git, https://gitlab.com/a/b",
    "https://bitbucket.org/a/b/src/main, https://bitbucket.org/a/b",
    "https://codeberg.org/a/b/issues, https://codeberg.org/a/b",
  })
  void eachHostHasItsOwnPaths(String link, URI repository) {
    assertThat(ProjectLinks.of(link, List.of()).repository()).contains(repository);
  }

  @Test
  void whatIsLabelledAsTheSourceComesFirst() {
    List<String> links =
        List.of(
            "Documentation, https://github.com/other/docs",
            "Source Code, https://git.example.org/pandas");

    assertThat(ProjectLinks.of("", links).repository())
        .contains(URI.create("https://git.example.org/pandas"));
  }

  @Test
  void theHomePageIsTheFieldOrTheLinkOfThatLabel() {
    List<String> links =
        List.of("Docs, https://docs.example.org", "Home-Page, https://example.org");

    assertThat(ProjectLinks.of("UNKNOWN", links).homePage())
        .contains(URI.create("https://example.org"));
    assertThat(ProjectLinks.of("https://a.example.org", links).homePage())
        .contains(URI.create("https://a.example.org"));
    assertThat(ProjectLinks.of("", List.of()).homePage()).isEmpty();
  }

  @Test
  void linksKeepTheirOrderAndOnlyThoseOfTheWebAreKept() {
    List<String> links =
        List.of(
            "Z, https://z.example.org",
            "Bad, javascript:alert(1)",
            "Mail, mailto:a@example.org",
            "no comma",
            ", https://nameless.example.org",
            "A, HTTPS://a.example.org/?x=1,2",
            "Z, https://again.example.org");

    assertThat(ProjectLinks.of("", links).byLabel())
        .containsExactly(
            Map.entry("Z", URI.create("https://z.example.org")),
            Map.entry("A", URI.create("HTTPS://a.example.org/?x=1,2")));
  }
}
