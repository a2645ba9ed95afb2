/**
 * Downloads that look real, made from a seed: Parquet files in the shape of ClickPy's export of
 * BigQuery's {@code file_downloads}.
 *
 * <p>Start at {@link io.clickpy.examples.sample.SampleDownloads}.
 */
@NullMarked
package io.clickpy.examples.sample;

import org.jspecify.annotations.NullMarked;
