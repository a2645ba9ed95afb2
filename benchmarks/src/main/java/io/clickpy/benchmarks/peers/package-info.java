/**
 * Those whom we race: ClickPy's schema and its way to load, ClickLoad's scheme, the drivers, and
 * the floors below which nobody can get.
 *
 * <p>The peers' SQL is our own text after what theirs does.
 */
@NullMarked
package io.clickpy.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
