package io.clickpy.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.PlayPage;
import io.clickpy.core.TestServer;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.core.schema.PypiSchema;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A question's link asks the question. */
class PlaygroundIT {
  private static ClickPy clickpy;

  @BeforeAll
  static void load() {
    clickpy = TestServer.connect();
    SchemaMigrator.of(clickpy).migrate();
    GeneratedDownloads.loadDownloads(clickpy, PypiSchema.ofDefaults(), new Random(7));
  }

  @AfterAll
  static void close() {
    TestServer.dropAndClose(clickpy);
  }

  /**
   * The form of the links of ClickPy's arrows: the SQL in the fragment as Base64, its values in the
   * query string as {@code param_name}. The SQL is ours, so the whole link is not that of ClickPy's
   * own page of openai; that the link reads as the question and gives its rows is what is verified,
   * here and in {@link #theLinkGivesTheRowsOfTheQuestion()}.
   */
  @Test
  void theLinkOfTheTopVersionsOfOpenaiHasTheSqlBehindTheHashAndTheValuesBeforeIt() {
    URI base = URI.create("https://clickpy.example/play?user=play");
    TopVersions question = PypiStats.topVersions("OpenAI").top(6);

    URI link = question.playgroundUrl(base);

    assertThat(PlayPage.text(link)).isEqualTo(question.sql());
    assertThat(PlayPage.parameters(link))
        .isEqualTo(Map.of("user", "play", "param_project", "openai", "param_limit", "6"));
    assertThat(link)
        .hasToString(
            "https://clickpy.example/play?user=play&param_project=openai&param_limit=6"
                + "#U0VMRUNUIHZlcnNpb24sIHN1bShjb3VudCkgQVMgZG93bmxvYWRzCkZST00gcHlwaV9kb3dubG9hZHNf"
                + "YnlfdmVyc2lvbgpXSEVSRSBwcm9qZWN0ID0ge3Byb2plY3Q6U3RyaW5nfQpHUk9VUCBCWSB2ZXJzaW9uC"
                + "khBVklORyBkb3dubG9hZHMgPiAwCk9SREVSIEJZIGRvd25sb2FkcyBERVNDLCB2ZXJzaW9uCkxJTUlUIH"
                + "tsaW1pdDpVSW50MzJ9");
  }

  @Test
  void theServerHasThePageThere() throws Exception {
    URI link = PypiStats.topVersions("openai").playgroundUrl(clickpy.config().endpoint());
    HttpResponse<String> page =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofString());

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("<html", "window.location.hash");
  }

  static Stream<String> hostileValues() {
    return GeneratedDownloads.hostileValues();
  }

  @ParameterizedTest
  @MethodSource("hostileValues")
  void aHostileValueFindsNothing(String value) throws Exception {
    assertThat(run(PypiStats.topVersions("pandas").version(value).lastDays(9))).isEmpty();
    assertThat(run(PypiStats.topVersions(value))).isEmpty();
  }

  @Test
  void theLinkGivesTheRowsOfTheQuestion() throws Exception {
    for (String version : GeneratedDownloads.VERSIONS) {
      TopVersions question = PypiStats.topVersions("pandas").version(version);
      assertThat(run(question).lines())
          .hasSize(question.fetch(clickpy).size())
          .allSatisfy(line -> assertThat(line).endsWith(", %d]".formatted(only(question))));
    }
    assertThat(run(PypiStats.downloadsBySystem("pandas").overTime().fillGaps()).lines())
        .hasSameSizeAs(PypiStats.downloadsBySystem("pandas").overTime().fillGaps().fetch(clickpy));
  }

  private static long only(TopVersions question) {
    return question.fetch(clickpy).get(0).count();
  }

  private static String run(StatsQuery<?> question) throws Exception {
    URI base = URI.create("http://127.0.0.1/play?database=" + clickpy.database());
    return PlayPage.run(question.playgroundUrl(base), clickpy.config().endpoint());
  }
}
