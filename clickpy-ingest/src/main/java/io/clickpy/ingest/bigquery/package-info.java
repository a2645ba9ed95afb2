/**
 * Google's client for BigQuery: {@link io.clickpy.ingest.bigquery.GoogleBigQuery}.
 *
 * <p>This package alone needs {@code com.google.cloud:google-cloud-bigquery}, which is an optional
 * dependency: a program that uses it declares it.
 */
@NullMarked
package io.clickpy.ingest.bigquery;

import org.jspecify.annotations.NullMarked;
