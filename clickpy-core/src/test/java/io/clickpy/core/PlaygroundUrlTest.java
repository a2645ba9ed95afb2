package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaygroundUrlTest {
  private static final Query<Long> ONE = Query.of("SELECT 1", row -> row.longValue("1"));

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8123, http://localhost:8123/play#U0VMRUNUIDE=",
    "http://localhost:8123/, http://localhost:8123/play#U0VMRUNUIDE=",
    "https://play.example/play, https://play.example/play#U0VMRUNUIDE=",
    "https://play.example/play?user=play, https://play.example/play?user=play#U0VMRUNUIDE=",
    "https://example/a/b?x=%20, https://example/a/b?x=%20#U0VMRUNUIDE=",
    "http://[::1]:8123/play?, http://[::1]:8123/play#U0VMRUNUIDE=",
  })
  void thePageIsTheOneOfTheBase(URI base, URI link) {
    assertThat(ONE.playgroundUrl(base)).isEqualTo(link);
  }

  @Test
  void valuesFollowWhatTheBaseAsksInTheOrderTheyWereBound() {
    Query<Long> query =
        Query.of("SELECT {b:String}, {a:UInt8}", row -> 1L).bind("b", "ä & +").bind("a", 7);

    assertThat(query.playgroundUrl(URI.create("http://localhost/play?user=u")))
        .hasToString(
            "http://localhost/play?user=u&param_b=%C3%A4%20%26%20%2B&param_a=7"
                + "#U0VMRUNUIHtiOlN0cmluZ30sIHthOlVJbnQ4fQ==");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/play", "ftp://localhost", "http:play", "http://localhost#SELECT"})
  void whatIsNoPageIsRefused(URI base) {
    assertThatThrownBy(() -> ONE.playgroundUrl(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid playground: '%s' (must be an http or https URI without a fragment). Give the"
                + " page, as https://play.clickhouse.com/play?user=play.",
            base);
  }
}
