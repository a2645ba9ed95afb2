package io.clickpy.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.Command;
import io.clickpy.core.DatabaseName;
import io.clickpy.core.migrate.Topology;
import io.clickpy.core.schema.PypiSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dgolden.update=true} writes the golden files anew. */
class AccessControlTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "access");
  private static final String PASSWORD = "it's a \\ secret";

  private final AccessControl access = AccessControl.of(DatabaseName.of("pypi"), PASSWORD);

  private static void assertGolden(String file, String actual) throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(GOLDEN.resolve(file), actual);
    }
    assertThat(actual).isEqualTo(Files.readString(GOLDEN.resolve(file)));
  }

  private static String script(AccessControl access) {
    return access.plan().stream().map(sql -> sql + ";\n").collect(Collectors.joining());
  }

  @Test
  void planOfOneServer() throws IOException {
    assertGolden("server.sql", script(access));
  }

  @Test
  void planOfAClusterForAnotherUserAndAPrefix() throws IOException {
    assertGolden(
        "cluster.sql",
        script(
            access
                .user("analyst")
                .schema(PypiSchema.withPrefix("eu_"))
                .topology(Topology.cluster("main"))
                .limits(ReaderLimits.ofDefaults().withMaxExecutionTime(Duration.ofSeconds(90)))
                .quota(new ReaderQuota(Duration.ofDays(1), 5, 6, Duration.ofSeconds(7)))));
  }

  @Test
  void usersFile() throws IOException {
    assertGolden("users.xml", access.usersXml());
  }

  @Test
  void userWithoutAPassword() {
    AccessControl open = AccessControl.of(DatabaseName.of("pypi"), "");

    assertThat(script(open)).contains("IDENTIFIED WITH no_password").doesNotContain("sha256");
    assertThat(open.usersXml()).contains("<no_password/>").doesNotContain("sha256");
  }

  @Test
  void passwordIsNowhere() {
    String hash = PasswordHash.of(PASSWORD, "").hex();

    assertThat(script(access)).doesNotContain("secret");
    assertThat(access.toString()).doesNotContain("secret", hash);
    assertThat(access.usersXml()).doesNotContain("secret").contains(hash);
  }

  @Test
  void hashThatTravelsIsNotLogged() {
    PasswordHash hash = PasswordHash.of(PASSWORD);
    Command command =
        Command.of(
            "CREATE USER IF NOT EXISTS play IDENTIFIED WITH sha256_hash BY '%s' SALT '%s'"
                .formatted(hash.hex(), hash.salt()));

    assertThat(command).asString().doesNotContain(hash.hex()).contains("BY '***'");
  }

  @Test
  void hashIsThatOfThePasswordWithTheSaltBehindIt() {
    // echo -n secretsalt | sha256sum
    assertThat(PasswordHash.of("secret", "salt").hex())
        .isEqualTo("f84fa2149dbb62ed4e0cf1f550d2949b33a6513d3a7707e08502511c79ccb0ee");
    assertThat(PasswordHash.of("secret").salt()).isNotEqualTo(PasswordHash.of("secret").salt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "o'neil", "1st", "x\n"})
  void userThatNeedsQuotingIsRefused(String name) {
    assertThatThrownBy(() -> access.user(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Invalid user: '%s' (must be a letter or _, then at most 63 letters, digits or _)"
                .formatted(name));
  }

  @Test
  void limitOfNothingIsRefusedBecauseTheServerTakesItForNoLimit() {
    ReaderLimits limits = ReaderLimits.ofDefaults();

    assertThatThrownBy(() -> limits.withMaxRowsToRead(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid maxRowsToRead: 0 (must be > 0)");
    assertThatThrownBy(() -> limits.withMaxResultBytes(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid maxResultBytes: -1 (must be > 0)");
    assertThatThrownBy(() -> limits.withMaxExecutionTime(Duration.ofMillis(1_500)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid maxExecutionTime: PT1.5S (must be whole seconds, at least one)");
    assertThatThrownBy(() -> new ReaderQuota(Duration.ZERO, 1, 1, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Invalid interval: PT0S (must be whole seconds, at least one)");
  }
}
