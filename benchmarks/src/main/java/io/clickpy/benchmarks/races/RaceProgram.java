package io.clickpy.benchmarks.races;

import io.clickpy.benchmarks.race.Report;

/** A program of races about one thing. */
@FunctionalInterface
public interface RaceProgram {
  /** Runs the races and tells what they found. */
  Report run(RaceSettings settings) throws Exception;
}
