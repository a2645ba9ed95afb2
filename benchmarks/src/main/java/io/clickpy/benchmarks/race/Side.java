package io.clickpy.benchmarks.race;

/**
 * One of the ways that a race compares.
 *
 * @param name what it is called in the tables
 * @param lap one run of it; prepares and tidies up outside of what it measures
 */
public record Side(String name, Lap lap) {}
