/** Connecting to ClickHouse and asking it questions. */
@NullMarked
package io.clickpy.core;

import org.jspecify.annotations.NullMarked;
