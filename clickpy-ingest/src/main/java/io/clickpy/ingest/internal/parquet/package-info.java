/** Parquet files, as far as loading needs them; no API. */
@NullMarked
package io.clickpy.ingest.internal.parquet;

import org.jspecify.annotations.NullMarked;
