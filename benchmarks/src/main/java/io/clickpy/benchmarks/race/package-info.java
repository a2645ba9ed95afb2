/**
 * A harness for races: several ways to do the same work, run in turns, compared by their ratios.
 *
 * <p>Start with {@link io.clickpy.benchmarks.race.Race}. JMH measures what runs inside one JVM and
 * takes microseconds; this is for what takes a server, and longer.
 */
@NullMarked
package io.clickpy.benchmarks.race;

import org.jspecify.annotations.NullMarked;
