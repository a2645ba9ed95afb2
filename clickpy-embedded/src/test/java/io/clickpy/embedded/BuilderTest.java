package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuilderTest {

  private final EmbeddedClickHouse.Builder builder = EmbeddedClickHouse.builder();

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void portOutOfRangeIsRejected(int port) {
    assertThatThrownBy(() -> builder.httpPort(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid HTTP port: %d (must be 1 to 65535).", port);
    assertThatThrownBy(() -> builder.nativePort(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid native port: %d (must be 1 to 65535).", port);
  }

  @Test
  void startTimeoutThatIsNoTimeIsRejected() {
    assertThatThrownBy(() -> builder.startTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid start timeout: PT0S (must be more than zero).");
    assertThatThrownBy(() -> builder.startTimeout(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid start timeout: PT-1S (must be more than zero).");
  }

  @Test
  void memoryLimitThatIsNoneIsRejected() {
    assertThatThrownBy(() -> builder.memoryLimit(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid memory limit: 0 (must be more than zero bytes).");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.", ".a", "a b", "a/b", "a><b"})
  void settingThatIsNoNameIsRejected(String name) {
    assertThatThrownBy(() -> builder.setting(name, "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid server setting: '%s' (must be words of letters, digits and underscores, joined"
                + " by dots).",
            name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "http_port", "listen_host", "remote_servers.pair.shard"})
  void settingThatTheBuilderDecidesIsRejected(String name) {
    assertThatThrownBy(() -> builder.setting(name, "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid server setting: %s (the builder decides it). Use the builder's method.", name);
  }

  @Test
  void nullIsRejectedWhereItIsGiven() {
    assertThatThrownBy(() -> builder.setting("max_table_size_to_drop", null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.cluster(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.engine(null)).isInstanceOf(NullPointerException.class);
  }
}
