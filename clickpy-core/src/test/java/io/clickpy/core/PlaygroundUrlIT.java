package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a link says is what the query asks. */
class PlaygroundUrlIT {
  private static final URI BASE = URI.create("http://127.0.0.1/play?database=system");

  private static ClickPy clickpy;

  @BeforeAll
  static void connect() {
    clickpy = ClickPy.connect(TestServer.config().database("system").build());
  }

  @AfterAll
  static void close() {
    clickpy.close();
  }

  private static List<String> hostileTexts() {
    return QueryIT.hostileTexts();
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void everyTextArrivesAsItWasBound(String text) throws Exception {
    Query<String> query =
        Query.of(
                "SELECT hex({p:String}) AS one, hex(arrayStringConcat({ps:Array(String)}, '|'))",
                row -> row.string("one"))
            .bind("p", text)
            .bind("ps", List.of(text, "b", text));

    assertThat(PlayPage.run(query.playgroundUrl(BASE), clickpy.config().endpoint()).strip())
        .isEqualTo("[\"%s\", \"%s\"]".formatted(hex(text), hex(text + "|b|" + text)));
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hex.append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)))
          .append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
    }
    return hex.toString();
  }

  @Test
  void valuesOfEveryClassArrive() throws Exception {
    UUID uuid = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
    Query<String> query =
        Query.of(
                "SELECT {i:Int8}, {d:Float64}, {b:Bool}, {day:Date}, {at:DateTime64(3, 'UTC')},"
                    + " {id:UUID}, {ns:Array(Int16)}, {days:Array(Date)}, {none:Array(String)},"
                    + " {pairs:Array(Array(String))}",
                row -> "")
            .bind("i", -7)
            .bind("d", 0.5)
            .bind("b", true)
            .bind("day", LocalDate.of(2024, 8, 12))
            .bind("at", Instant.parse("2024-08-12T01:02:03.004Z"))
            .bind("id", uuid)
            .bind("ns", List.of(1, -2))
            .bind("days", List.of(LocalDate.EPOCH, LocalDate.of(2024, 8, 12)))
            .bind("none", List.of())
            .bind("pairs", List.of(List.of("a'", "\\"), List.of()));

    assertThat(PlayPage.run(query.playgroundUrl(BASE), clickpy.config().endpoint()).strip())
        .isEqualTo(
            "[-7, 0.5, true, \"2024-08-12\", \"2024-08-12 01:02:03.004\", \""
                + uuid
                + "\", [1,-2], [\"1970-01-01\",\"2024-08-12\"], [], [[\"a'\",\"\\\\\"],[]]]");
  }

  @Test
  void settingsAreInTheText() throws Exception {
    Query<String> query =
        Query.of("SELECT getSetting('max_threads'), getSetting('log_comment')", row -> "")
            .setting("max_threads", "3")
            .setting("log_comment", "it's \\ here");

    assertThat(PlayPage.run(query.playgroundUrl(BASE), clickpy.config().endpoint()).strip())
        .isEqualTo("[3, \"it's \\\\ here\"]");
  }
}
