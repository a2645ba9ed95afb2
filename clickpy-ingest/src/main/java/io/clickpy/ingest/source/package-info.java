/**
 * Where Parquet files come from. {@link io.clickpy.ingest.source.ParquetSource} has the local file
 * system and HTTP servers; a source of one's own implements two small interfaces.
 */
@NullMarked
package io.clickpy.ingest.source;

import org.jspecify.annotations.NullMarked;
