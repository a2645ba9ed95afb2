/** Benchmarks. */
@NullMarked
package io.clickpy.benchmarks;

import org.jspecify.annotations.NullMarked;
