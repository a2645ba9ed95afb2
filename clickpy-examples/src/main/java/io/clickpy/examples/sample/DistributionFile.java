package io.clickpy.examples.sample;

import org.jspecify.annotations.Nullable;

/**
 * A file on PyPI.
 *
 * @param project the normalised name
 * @param type null if unknown
 * @param url the path below the host
 */
record DistributionFile(
    String project, String version, @Nullable String type, String filename, String url) {}
