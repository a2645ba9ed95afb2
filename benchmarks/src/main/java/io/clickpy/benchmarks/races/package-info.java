/** Whole-pipeline races over an embedded ClickHouse; {@code benchmarks/README.md} tells how. */
@NullMarked
package io.clickpy.benchmarks.races;

import org.jspecify.annotations.NullMarked;
