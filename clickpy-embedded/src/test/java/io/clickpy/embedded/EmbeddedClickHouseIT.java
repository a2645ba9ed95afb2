package io.clickpy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClickHouseIT {

  @Nested
  class AnyServer {

    @Test
    void answersOnceItIsStarted() {
      try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
        assertThat(Servers.ask(server, "SELECT version()")).isEqualTo(server.engineVersion());
        assertThat(Servers.ask(server, "SELECT timezone()")).isEqualTo("UTC");
        assertThat(server.endpoint())
            .isEqualTo(URI.create("http://127.0.0.1:" + server.endpoint().getPort()));
        assertThat(Servers.accepts(server.nativePort())).isTrue();
        assertThat(server.dataDirectory()).isDirectory();
      }
    }

    @Test
    void listensOnLoopbackOnly() throws IOException {
      try (EmbeddedClickHouse server = EmbeddedClickHouse.start()) {
        List<InetAddress> others =
            NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress())
                .toList();
        for (InetAddress other : others) {
          for (int port : new int[] {server.endpoint().getPort(), server.nativePort()}) {
            try (Socket socket = new Socket()) {
              assertThatThrownBy(() -> socket.connect(new InetSocketAddress(other, port), 5000))
                  .as("%s:%d", other, port)
                  .isInstanceOf(IOException.class);
            }
          }
        }
      }
    }

    @Test
    void livesBesideAnother() {
      try (EmbeddedClickHouse one = EmbeddedClickHouse.start();
          EmbeddedClickHouse other = EmbeddedClickHouse.start()) {
        Servers.ask(one, "CREATE TABLE t ENGINE = MergeTree ORDER BY n AS SELECT 1 AS n");
        Servers.ask(other, "CREATE TABLE t ENGINE = MergeTree ORDER BY n AS SELECT 2 AS n");

        assertThat(Servers.ask(one, "SELECT n FROM t")).isEqualTo("1");
        assertThat(Servers.ask(other, "SELECT n FROM t")).isEqualTo("2");
      }
    }

    @Test
    void leavesNothingBehindWhenClosed() {
      EmbeddedClickHouse server = EmbeddedClickHouse.start();
      // The test's HTTP client keeps this connection open.
      Servers.ask(server, "CREATE TABLE t ENGINE = MergeTree ORDER BY n AS SELECT 1 AS n");
      Path work = server.dataDirectory().getParent();
      ProcessHandle process = server.process();

      server.close();
      server.close();

      assertThat(process.isAlive()).isFalse();
      assertThat(Servers.accepts(server.endpoint().getPort())).isFalse();
      assertThat(Servers.accepts(server.nativePort())).isFalse();
      assertThat(work).doesNotExist();
    }

    @Test
    void cutsOffWhatStillRunsWhenClosed() throws Exception {
      EmbeddedClickHouse server = EmbeddedClickHouse.start();
      CompletableFuture<HttpResponse<String>> endless =
          HttpClient.newHttpClient()
              .sendAsync(
                  HttpRequest.newBuilder(server.endpoint())
                      .POST(
                          HttpRequest.BodyPublishers.ofString(
                              "SELECT sum(cityHash64(number)) FROM system.numbers"))
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      Servers.await(
          "the query runs",
          () ->
              Servers.ask(
                      server,
                      "SELECT count() FROM system.processes WHERE query LIKE '%system.numbers'"
                          + " AND query NOT LIKE '%processes%'")
                  .equals("1"));

      server.close();

      assertThat(server.process().isAlive()).isFalse();
      assertThat(endless).failsWithin(Duration.ofMinutes(1));
    }

    @Test
    void dropsItsDirectoryAlsoWhenTheEngineWasKilled() {
      EmbeddedClickHouse server = EmbeddedClickHouse.start();
      Path work = server.dataDirectory().getParent();
      server.process().destroyForcibly();
      server.process().onExit().join();

      server.close();

      assertThat(work).doesNotExist();
    }
  }

  @Nested
  class OnADirectoryOfTheCaller {

    @TempDir Path directory;

    @Test
    void keepsTheDataWhenClosed() {
      try (EmbeddedClickHouse server = onDirectory()) {
        assertThat(server.dataDirectory()).isEqualTo(directory);
        Servers.ask(server, "CREATE TABLE t ENGINE = MergeTree ORDER BY n AS SELECT 7 AS n");
      }
      try (EmbeddedClickHouse server = onDirectory()) {
        assertThat(Servers.ask(server, "SELECT n FROM t")).isEqualTo("7");
      }
    }

    @Test
    void keepsTheDataWhenTheEngineIsKilled() {
      try (EmbeddedClickHouse server = onDirectory()) {
        Servers.ask(server, "CREATE DATABASE d");
        Servers.ask(server, "CREATE TABLE d.t (n UInt64) ENGINE = MergeTree ORDER BY n");
        Servers.ask(
            server,
            "CREATE MATERIALIZED VIEW d.v ENGINE = SummingMergeTree ORDER BY k"
                + " AS SELECT n % 10 AS k, count() AS c FROM d.t GROUP BY k");
        Servers.ask(server, "INSERT INTO d.t SELECT number FROM numbers(100000)");
        server.process().destroyForcibly();
        server.process().onExit().join();
      }
      try (EmbeddedClickHouse server = onDirectory()) {
        assertThat(Servers.ask(server, "SELECT count(), sum(n) FROM d.t"))
            .isEqualTo("100000\t4999950000");
        Servers.ask(server, "INSERT INTO d.t SELECT number FROM numbers(10)");
        assertThat(Servers.ask(server, "SELECT k, sum(c) FROM d.v WHERE k = 3 GROUP BY k"))
            .isEqualTo("3\t10001");
      }
    }

    @Test
    void isRefusedWhileAnotherRunsThere() {
      try (EmbeddedClickHouse first = onDirectory()) {
        assertThatThrownBy(this::onDirectory)
            .isInstanceOf(EngineException.class)
            .hasMessage(
                "Cannot use data directory: %s (another embedded server runs on it)."
                    + " Close that one, or choose another directory.",
                directory);
        assertThat(Servers.ask(first, "SELECT 1")).isEqualTo("1");
      }
    }

    private EmbeddedClickHouse onDirectory() {
      return EmbeddedClickHouse.builder().dataDirectory(directory).start();
    }
  }

  @Nested
  class Settings {

    @TempDir Path directory;

    @Test
    void memoryLimitHolds() {
      try (EmbeddedClickHouse server =
          EmbeddedClickHouse.builder().memoryLimit(1_500_000_000).start()) {
        assertThat(
                Servers.errorOf(
                    server,
                    "SELECT length(groupArray(number)) FROM numbers(1000000000)"
                        + " SETTINGS max_memory_usage = 0"))
            .contains("MEMORY_LIMIT_EXCEEDED");
        assertThat(Servers.ask(server, "SELECT 1")).isEqualTo("1");
      }
    }

    @Test
    void furtherServerSettingsArrive() {
      try (EmbeddedClickHouse server =
          EmbeddedClickHouse.builder()
              .setting("merge_tree.parts_to_throw_insert", "77")
              .setting("merge_tree.parts_to_delay_insert", "66")
              .setting("display_name", "<ours & theirs>")
              .start()) {
        assertThat(
                Servers.ask(
                    server,
                    "SELECT value FROM system.merge_tree_settings WHERE name IN"
                        + " ('parts_to_throw_insert', 'parts_to_delay_insert') ORDER BY name"))
            .isEqualTo("66\n77");
        assertThat(Servers.ask(server, "SELECT displayName()")).isEqualTo("<ours & theirs>");
      }
    }

    @Test
    void usersComeFromAFile() throws IOException {
      Path users = directory.resolve("users.xml");
      Files.writeString(
          users,
          """
          <clickhouse>
            <profiles><default/><looks><readonly>1</readonly></looks></profiles>
            <quotas><default/></quotas>
            <users>
              <default><password/><networks><ip>::/0</ip></networks>
                <profile>default</profile><quota>default</quota></default>
              <visitor><password>open</password><networks><ip>::/0</ip></networks>
                <profile>looks</profile><quota>default</quota></visitor>
            </users>
          </clickhouse>
          """);
      try (EmbeddedClickHouse server = EmbeddedClickHouse.builder().usersFile(users).start()) {
        URI visitor = server.endpoint().resolve("/?user=visitor&password=open");
        assertThat(Servers.send(visitor, "SELECT currentUser()").body()).isEqualTo("visitor\n");
        assertThat(Servers.send(visitor, "CREATE TABLE t (n Int8) ENGINE = Memory").body())
            .contains("READONLY");
        assertThat(
                Servers.send(server.endpoint().resolve("/?user=visitor&password=x"), "SELECT 1")
                    .statusCode())
            .isEqualTo(403);
      }
    }

    @Test
    void twoServersMakeAClusterOfTwoShards() {
      int firstPort = Ports.free();
      try (EmbeddedClickHouse second = EmbeddedClickHouse.start();
          EmbeddedClickHouse first =
              EmbeddedClickHouse.builder()
                  .nativePort(firstPort)
                  .cluster(
                      Cluster.of(
                          "pair",
                          List.of(
                              new Cluster.Shard("127.0.0.1", firstPort),
                              new Cluster.Shard("127.0.0.1", second.nativePort()))))
                  .start()) {
        assertThat(first.nativePort()).isEqualTo(firstPort);
        for (EmbeddedClickHouse server : List.of(first, second)) {
          Servers.ask(server, "CREATE TABLE part (n UInt64) ENGINE = MergeTree ORDER BY n");
        }
        Servers.ask(
            first, "CREATE TABLE whole (n UInt64) ENGINE = Distributed('pair', default, part, n)");
        Servers.ask(
            first,
            "INSERT INTO whole SETTINGS distributed_foreground_insert = 1"
                + " SELECT number FROM numbers(1000)");

        assertThat(Servers.ask(first, "SELECT count(), sum(n) FROM whole"))
            .isEqualTo("1000\t499500");
        assertThat(Servers.ask(first, "SELECT count() FROM part")).isEqualTo("500");
        assertThat(Servers.ask(second, "SELECT count() FROM part")).isEqualTo("500");
        assertThat(
                Servers.ask(first, "SELECT count() FROM clusterAllReplicas('pair', default, part)"))
            .isEqualTo("1000");
      }
    }
  }
}
