package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterTest {

  private static final Cluster.Shard SHARD = new Cluster.Shard("127.0.0.1", 9000);

  @Test
  void keepsItsShardsWhateverHappensToTheList() {
    List<Cluster.Shard> shards = new ArrayList<>(List.of(SHARD));
    Cluster cluster = Cluster.of("pair", shards);
    shards.clear();

    assertThat(cluster.shards()).containsExactly(SHARD);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "1a", "a-b", "ä", "a<b"})
  void nameThatIsNoIdentifierIsRejected(String name) {
    assertThatThrownBy(() -> Cluster.of(name, List.of(SHARD)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid cluster name: '%s' (must be letters, digits and underscores, not starting with"
                + " a digit).",
            name);
  }

  @Test
  void noShardIsRejected() {
    assertThatThrownBy(() -> Cluster.of("pair", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid cluster: pair (has no shard).");
  }

  @Test
  void blankHostIsRejected() {
    assertThatThrownBy(() -> new Cluster.Shard(" ", 9000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid shard host: ' ' (is blank).");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65536})
  void portOutOfRangeIsRejected(int port) {
    assertThatThrownBy(() -> new Cluster.Shard("127.0.0.1", port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid shard port: %d (must be 1 to 65535).", port);
  }
}
