package io.clickpy.query;

import static io.clickpy.query.rollup.Fields.SYSTEM;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.clickpy.core.ClickPy;
import io.clickpy.core.Query;
import io.clickpy.query.rollup.DownloadsPerDayByVersionBySystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** Threads that ask random questions of one connection until they are stopped. */
final class Soak implements AutoCloseable {
  private final ClickPy shared;
  private final Map<StatsQuery<?>, List<?>> expected;
  private final ExecutorService threads;
  private final AtomicLong answers = new AtomicLong();
  private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
  private final Map<Phase, Set<Integer>> answered = new ConcurrentHashMap<>();
  private final Map<Phase, Set<Integer>> failed = new ConcurrentHashMap<>();
  private volatile Phase phase = Phase.BEFORE;
  private volatile boolean stopped;

  /** What has become of the server. */
  enum Phase {
    BEFORE,
    DOWN,
    AFTER
  }

  /** A question that was not answered, or not rightly. */
  record Failure(Phase begun, Phase ended, Throwable error) {}

  private Soak(ClickPy shared, Map<StatsQuery<?>, List<?>> expected, ExecutorService threads) {
    this.shared = shared;
    this.expected = expected;
    this.threads = threads;
  }

  /** Learns the answers, and lets so many threads ask. */
  static Soak start(int count, ClickPy shared) {
    List<StatsQuery<?>> questions = new ArrayList<>(EntryPoints.all("pandas", "1.0"));
    questions.add(PypiStats.recentReleasesOfTopProjects(3));
    questions.add(PypiStats.dependents("pandas"));
    questions.add(DownloadsPerDayByVersionBySystem.query().groupBy(SYSTEM));
    Map<StatsQuery<?>, List<?>> expected =
        questions.stream().collect(toMap(q -> q, question -> question.toQuery().fetch(shared)));
    Soak soak = new Soak(shared, expected, Executors.newFixedThreadPool(count));
    for (int i = 0; i < count; i++) {
      int thread = i;
      soak.threads.execute(() -> soak.run(thread, questions));
    }
    return soak;
  }

  private void run(int thread, List<StatsQuery<?>> questions) {
    Random random = new Random(thread);
    while (!stopped) {
      StatsQuery<?> question = questions.get(random.nextInt(questions.size()));
      Phase begun = phase;
      try {
        ask(question.toQuery(), expected.get(question), random);
        answers.incrementAndGet();
        note(answered, begun, thread);
      } catch (Throwable e) { // Whatever it is, the test is to see it.
        Throwable error = e instanceof CompletionException ? e.getCause() : e;
        failures.add(new Failure(begun, phase, error));
        note(failed, begun, thread);
      }
    }
  }

  private <R> void ask(Query<R> query, List<?> expected, Random random) {
    switch (random.nextInt(9)) {
      case 0, 1 -> assertThat((Object) query.fetch(shared)).isEqualTo(expected);
      case 2, 3 -> assertThat((Object) query.fetchAsync(shared).join()).isEqualTo(expected);
      case 4, 5 -> {
        try (Stream<R> rows = query.stream(shared)) {
          assertThat((Object) rows.toList()).isEqualTo(expected);
        }
      }
      case 6, 7 -> {
        try (Stream<R> rows = query.stream(shared)) {
          assertThat((Object) rows.limit(1).toList())
              .isEqualTo(expected.subList(0, Math.min(1, expected.size())));
        }
      }
      default -> {
        CompletableFuture<?> given = query.fetchAsync(shared);
        given.cancel(true);
      }
    }
  }

  private static void note(Map<Phase, Set<Integer>> threads, Phase begun, int thread) {
    threads.computeIfAbsent(begun, unused -> ConcurrentHashMap.newKeySet()).add(thread);
  }

  /** Tells the threads of a server that is about to go, or has come back. */
  void enter(Phase next) {
    phase = next;
  }

  long answers() {
    return answers.get();
  }

  List<Failure> failures() {
    return List.copyOf(failures);
  }

  /** Returns how many threads have had an answer to what they asked in a phase. */
  int answered(Phase begun) {
    return answered.getOrDefault(begun, Set.of()).size();
  }

  /** Returns how many threads have had an error of what they asked in a phase. */
  int failed(Phase begun) {
    return failed.getOrDefault(begun, Set.of()).size();
  }

  /** Waits until every thread has had its last answer. */
  @Override
  public void close() throws InterruptedException {
    stopped = true;
    threads.shutdown();
    assertThat(threads.awaitTermination(2, TimeUnit.MINUTES)).isTrue();
  }
}
