package io.clickpy.query.cache;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Knows the version of the data, and asks for it when what it knows is too old. Thread-safe. */
final class VersionCheck {
  private final Supplier<DataVersion> ask;
  private final Duration every;
  private final Runnable onChange;
  private final AtomicReference<@Nullable Checked> last = new AtomicReference<>();

  VersionCheck(Supplier<DataVersion> ask, Duration every, Runnable onChange) {
    this.ask = ask;
    this.every = every;
    this.onChange = onChange;
  }

  /**
   * A version and when it was asked for.
   *
   * @param nanoTime before the server was asked
   */
  private record Checked(DataVersion version, long nanoTime) {

    boolean isYoungerThan(Duration age) {
      return Duration.ofNanos(System.nanoTime() - nanoTime).compareTo(age) < 0;
    }

    boolean isBefore(Checked other) {
      return nanoTime - other.nanoTime < 0;
    }
  }

  DataVersion version() {
    Checked known = last.get();
    if (known != null && known.isYoungerThan(every)) {
      return known.version;
    }
    long now = System.nanoTime();
    Checked asked = new Checked(ask.get(), now);
    last.accumulateAndGet(asked, (old, more) -> old == null || old.isBefore(more) ? more : old);
    if (known != null && !known.version.equals(asked.version)) {
      onChange.run();
    }
    return asked.version;
  }
}
