/** The ways that the rows of a file take into a table; no API. */
@NullMarked
package io.clickpy.ingest.internal.transfer;

import org.jspecify.annotations.NullMarked;
