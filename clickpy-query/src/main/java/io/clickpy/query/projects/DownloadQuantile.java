package io.clickpy.query.projects;

/**
 * How many downloads a part of all projects does not exceed.
 *
 * @param level that part, above 0 up to 1
 * @param downloads the fewest downloads that so many projects do not exceed
 */
public record DownloadQuantile(double level, long downloads) {}
