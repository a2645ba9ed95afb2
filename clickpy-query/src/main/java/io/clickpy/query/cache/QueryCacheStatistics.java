package io.clickpy.query.cache;

/**
 * How a cache has done since it was made.
 *
 * @param hits questions that were answered from it
 * @param misses questions for which the server was asked
 * @param answers how many answers it holds, about
 */
public record QueryCacheStatistics(long hits, long misses, long answers) {}
