/**
 * Loading PyPI download exports into ClickHouse: start at {@link io.clickpy.ingest.ParquetLoader}.
 *
 * <p>Results, events and errors are immutable values; loaders are immutable and thread-safe.
 */
@NullMarked
package io.clickpy.ingest;

import org.jspecify.annotations.NullMarked;
