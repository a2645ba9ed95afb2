package io.clickpy.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyConfig;
import io.clickpy.core.ClickPyException;
import io.clickpy.ingest.FaultyProxy.Fault;
import io.clickpy.ingest.source.ParquetSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Loads over a network that resets, delays, truncates and doubles.
 *
 * <p>Requests are truncated in their bodies, answers anywhere. Half a head is left out: the engine
 * of version 26.7.2.1 aborts then, nearly always, because it answers a client that has hung up and
 * does not catch that it cannot (exit code 134). What a dying engine does is {@link
 * LoaderCrashIT}'s.
 *
 * <p>{@code -Dclickpy.storms=N} loads N times instead of once where faults are usual.
 */
@Tag("slow")
class LoaderNetworkIT extends LoaderTestBase {
  private static final int STORMS = Integer.getInteger("clickpy.storms", 1);

  /** A quarter of an hour of retries is no test; a load that fails is begun again. */
  private static final int MOST_TRIES = 40;

  private static final int FILES = 12;

  private static final List<Fault> FAULTS = List.of(Fault.values());

  @Test
  void everyFileCountsOnceWhereFaultsAreUsual() {
    Map<Fault, Integer> happened = new EnumMap<>(Fault.class);
    for (int storm = 1; storm <= STORMS; storm++) {
      Random random = new Random(storm);
      loadThrough(
          storm,
          storm % 2 == 0 ? StagingMode.PUSH_PARQUET : StagingMode.PUSH_ROWS,
          request -> {
            synchronized (random) {
              Fault fault =
                  random.nextInt(25) == 0 ? FAULTS.get(random.nextInt(FAULTS.size())) : Fault.NONE;
              happened.merge(fault, 1, Integer::sum);
              return fault;
            }
          });
    }
    System.out.println("LoaderNetworkIT: " + happened);
    assertThat(happened).hasSizeGreaterThan(1);
  }

  /** Such a request has its statement in the URL. */
  private static boolean carriesRows(String request) {
    return request.lines().findFirst().orElse("").contains("FORMAT%20");
  }

  @ParameterizedTest
  @EnumSource(
      value = StagingMode.class,
      names = {"PUSH_PARQUET", "PUSH_ROWS"})
  void insertsThatAreCutCountOnce(StagingMode mode) {
    AtomicInteger left = new AtomicInteger(FILES / 2);
    loadThrough(
        1,
        mode,
        request -> carriesRows(request) && left.getAndDecrement() > 0 ? Fault.CUT : Fault.NONE);
    assertThat(left.get()).as("so many less than were to be cut").isNotPositive();
  }

  /** Each fault hits each kind of statement that changes something once. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "SLOW"})
  void eachStatementMayMeetWithAFaultOnce(Fault fault) {
    List<String> targets =
        new ArrayList<>(
            List.of(
                "FORMAT%20",
                "CREATE TABLE clickpy_stage_",
                "RENAME TABLE clickpy_stage_",
                "'STAGED'",
                "CREATE TABLE clickpy_turn_",
                "MOVE PARTITION",
                "LIMIT 1 BY uri, unit",
                "DROP TABLE IF EXISTS clickpy_"));
    loadThrough(
        1,
        StagingMode.PUSH_PARQUET,
        request -> {
          synchronized (targets) {
            return targets.removeIf(
                    target ->
                        request.contains(target) || request.contains(target.replace(" ", "%20")))
                ? fault
                : Fault.NONE;
          }
        });
    assertThat(targets).isEmpty();
  }

  private void loadThrough(int number, StagingMode mode, Function<String, Fault> faults) {
    List<Download> all = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      List<Download> downloads = downloads(20 + i);
      ExportFile.with().write(file(number + "-" + i), downloads);
      all.addAll(downloads);
    }
    long before = Tables.count(clickpy);
    ClickPyConfig config = clickpy.config();
    try (FaultyProxy proxy = FaultyProxy.to(config.endpoint(), faults);
        ClickPy through =
            ClickPy.connect(
                ClickPyConfig.builder(proxy.endpoint())
                    .database(config.database().value())
                    .build())) {
      ParquetSource source = ParquetSource.local(folder + "/" + number + "-*.parquet");
      int tries = 0;
      while (!isLoaded(
          ParquetLoader.into(through).lease(LoadingProgram.LEASE).staging(mode).from(source))) {
        assertThat(++tries).isLessThan(MOST_TRIES);
      }
    }
    assertThat(Tables.count(clickpy)).isEqualTo(before + all.size());
    if (before == 0) {
      assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(all));
    }
    Tables.assertRollupsEqualRaw(clickpy);
    if (STORMS > 1) {
      System.out.println("storm " + number + ": counted once");
    }
  }

  private static boolean isLoaded(ParquetLoader loader) {
    try {
      return loader.load().failed().isEmpty();
    } catch (ClickPyException e) {
      return false; // Nothing could be asked when it began.
    }
  }
}
