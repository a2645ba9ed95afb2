package io.clickpy.query.projects;

/**
 * Downloads of all projects together.
 *
 * @param downloads how many there were
 * @param projects of how many projects
 */
public record DownloadTotals(long downloads, long projects) {}
