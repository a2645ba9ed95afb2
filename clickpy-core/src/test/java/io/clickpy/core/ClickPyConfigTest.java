package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClickPyConfigTest {

  @Test
  void anEndpointIsEnough() {
    ClickPyConfig config = ClickPyConfig.builder("http://localhost").build();

    assertThat(config.endpoint()).isEqualTo(URI.create("http://localhost:8123"));
    assertThat(config.database()).isEqualTo(DatabaseName.of("pypi"));
    assertThat(config.credentials()).isEqualTo(new Credentials("default", ""));
    assertThat(config.limits().maxExecutionTime()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void aUriMayNameUserPasswordAndDatabase() {
    ClickPyConfig config =
        ClickPyConfig.builder("https://ana:p%40ss%3Aword@db.example:9443/stats").build();

    assertThat(config.endpoint()).isEqualTo(URI.create("https://db.example:9443"));
    assertThat(config.credentials()).isEqualTo(new Credentials("ana", "p@ss:word"));
    assertThat(config.database()).isEqualTo(DatabaseName.of("stats"));
  }

  @ParameterizedTest
  @CsvSource({
    "http://h, http://h:8123",
    "https://h, https://h:8443",
    "HTTPS://h:1, https://h:1",
    "http://[::1]:8123, http://[::1]:8123"
  })
  void thePortFollowsTheScheme(String given, URI endpoint) {
    assertThat(ClickPyConfig.builder(given).build().endpoint()).isEqualTo(endpoint);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:8123",
        "ftp://ana:secret@h",
        "http://",
        "http:///x",
        "",
        "http://ana:secret@h:notaport",
        "http://ana:secret@h/pypi?user=x",
        "http://ana:secret@h/#x"
      })
  void anInvalidEndpointIsRefusedWithoutRepeatingThePassword(String endpoint) {
    assertThatThrownBy(() -> ClickPyConfig.builder(endpoint))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Invalid endpoint (")
        .hasMessageNotContaining("secret")
        .hasNoCause();
  }

  @Test
  void aDatabaseThatNeedsQuotingIsRefused() {
    assertThatThrownBy(() -> ClickPyConfig.builder("http://h/py`pi"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ClickPyConfig.builder("http://h").database("a-b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid database name: 'a-b' (must be a letter or _, then at most 63 letters, digits or _)");
  }

  @Test
  void thePasswordIsInNoText() {
    ClickPyConfig config = ClickPyConfig.builder("http://ana:secret@h").build();

    assertThat(config.toString()).doesNotContain("secret").contains("ana");
    assertThat(config.credentials().toString()).doesNotContain("secret");
    try (ClickPy clickpy = ClickPy.connect(config)) {
      assertThat(clickpy.toString()).doesNotContain("secret");
    }
  }

  @Test
  void theEnvironmentSaysWhere() {
    ClickPyConfig config =
        ClickPyConfig.fromEnvironment(
            Map.of(
                "CLICKPY_URL", "http://ana:x@h:1",
                "CLICKPY_PASSWORD", "y",
                "CLICKPY_DATABASE", "other"));

    assertThat(config.endpoint()).isEqualTo(URI.create("http://h:1"));
    assertThat(config.credentials()).isEqualTo(new Credentials("ana", "y"));
    assertThat(config.database()).isEqualTo(DatabaseName.of("other"));
  }

  @Test
  void anEmptyVariableCountsAsNone() {
    ClickPyConfig config =
        ClickPyConfig.fromEnvironment(
            Map.of(
                "CLICKPY_URL", "http://ana:x@h/stats",
                "CLICKPY_USER", "",
                "CLICKPY_PASSWORD", "",
                "CLICKPY_DATABASE", ""));

    assertThat(config.credentials()).isEqualTo(new Credentials("ana", "x"));
    assertThat(config.database()).isEqualTo(DatabaseName.of("stats"));
  }

  @Test
  void userAndPasswordAreDecodedEachByItself() {
    assertThat(ClickPyConfig.builder("http://us%3Aer:p+%25w@h").build().credentials())
        .isEqualTo(new Credentials("us:er", "p+%w"));
  }

  @Test
  void anEnvironmentWithoutAnEndpointSaysWhatToSet() {
    assertThatThrownBy(() -> ClickPyConfig.fromEnvironment(Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot connect: CLICKPY_URL is not set. Set it to the server's endpoint, for example"
                + " http://localhost:8123.");
  }

  @Test
  void limitsAndTimeoutsOutOfRangeAreRefused() {
    ClickPyConfig.Builder builder = ClickPyConfig.builder("http://h");

    assertThatThrownBy(() -> builder.connectTimeout(Duration.ZERO))
        .hasMessage("Invalid connectTimeout: PT0S (must be > 0)");
    assertThatThrownBy(() -> builder.maxConnections(0))
        .hasMessage("Invalid maxConnections: 0 (must be > 0)");
    assertThatThrownBy(() -> QueryLimits.ofDefaults().withMaxExecutionTime(Duration.ofMillis(999)))
        .hasMessage("Invalid maxExecutionTime: PT0.999S (must be at least one second)");
    assertThatThrownBy(() -> QueryLimits.ofDefaults().withMaxRowsToRead(0))
        .hasMessage("Invalid maxRowsToRead: 0 (must be > 0)");
  }
}
