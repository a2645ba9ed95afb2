/**
 * Traces and metrics of queries for OpenTelemetry. It needs {@code
 * io.opentelemetry:opentelemetry-api} on the class path, which clickpy does not bring along.
 */
@NullMarked
package io.clickpy.core.opentelemetry;

import org.jspecify.annotations.NullMarked;
