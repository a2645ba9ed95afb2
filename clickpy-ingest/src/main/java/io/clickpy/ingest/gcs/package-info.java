/**
 * Parquet files of Google Cloud Storage: {@link io.clickpy.ingest.gcs.GcsSource}.
 *
 * <p>This package alone needs {@code com.google.cloud:google-cloud-storage}, which is an optional
 * dependency: a program that uses it declares it.
 */
@NullMarked
package io.clickpy.ingest.gcs;

import org.jspecify.annotations.NullMarked;
