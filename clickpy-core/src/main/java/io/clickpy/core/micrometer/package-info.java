/**
 * Metrics of queries for Micrometer. It needs {@code io.micrometer:micrometer-core} on the class
 * path, which clickpy does not bring along.
 */
@NullMarked
package io.clickpy.core.micrometer;

import org.jspecify.annotations.NullMarked;
