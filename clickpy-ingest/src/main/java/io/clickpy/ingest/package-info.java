/** Loading PyPI download exports into ClickHouse. */
@NullMarked
package io.clickpy.ingest;

import org.jspecify.annotations.NullMarked;
