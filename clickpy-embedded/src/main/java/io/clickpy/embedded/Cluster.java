package io.clickpy.embedded;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The definition of a ClickHouse cluster that an {@link EmbeddedClickHouse} knows by name, for
 * {@code Distributed} tables and {@code clusterAllReplicas}. Each shard has one replica, reached
 * over the native protocol as the user {@code default} without a password.
 *
 * <p>Two servers as two shards:
 *
 * <pre>{@code
 * try (EmbeddedClickHouse second = EmbeddedClickHouse.start();
 *     EmbeddedClickHouse first =
 *         EmbeddedClickHouse.builder()
 *             .nativePort(19000)
 *             .cluster(
 *                 Cluster.of(
 *                     "pair",
 *                     List.of(
 *                         new Cluster.Shard("127.0.0.1", 19000),
 *                         new Cluster.Shard("127.0.0.1", second.nativePort()))))
 *             .start()) {
 *   // SELECT … FROM clusterAllReplicas('pair', …)
 * }
 * }</pre>
 *
 * @param name the cluster's name: letters, digits and underscores, not starting with a digit
 * @param shards the shards in their order, at least one
 */
public record Cluster(String name, List<Shard> shards) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /**
   * Checks the name and copies the shards.
   *
   * @throws IllegalArgumentException if the name is not an identifier or there is no shard
   */
  public Cluster {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Invalid cluster name: '"
              + name
              + "' (must be letters, digits and underscores, not starting with a digit).");
    }
    shards = List.copyOf(shards);
    if (shards.isEmpty()) {
      throw new IllegalArgumentException("Invalid cluster: " + name + " (has no shard).");
    }
  }

  /**
   * Defines a cluster.
   *
   * @param name the cluster's name
   * @param shards the shards in their order
   * @return the definition
   * @throws IllegalArgumentException if the name is not an identifier or there is no shard
   */
  public static Cluster of(String name, List<Shard> shards) {
    return new Cluster(name, shards);
  }

  /**
   * One shard of a cluster.
   *
   * @param host the host's name or address
   * @param port the native port, 1 to 65535
   */
  public record Shard(String host, int port) {

    /**
     * Checks the host and the port.
     *
     * @throws IllegalArgumentException if the host is blank or the port out of range
     */
    public Shard {
      if (host.isBlank()) {
        throw new IllegalArgumentException("Invalid shard host: '" + host + "' (is blank).");
      }
      Ports.requireValid("shard port", port);
    }
  }
}
