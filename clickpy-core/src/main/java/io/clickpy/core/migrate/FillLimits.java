package io.clickpy.core.migrate;

import java.time.Duration;

/**
 * What the filling of rollups may cost.
 *
 * @param chunkRows rows of the guiding table that are read at once; a crash loses no more work
 * @param loadPatience how long to wait for a load that is being published
 */
record FillLimits(long chunkRows, Duration loadPatience) {
  static final FillLimits DEFAULT = new FillLimits(10_000_000, Duration.ofMinutes(2));
}
