/**
 * Text for a terminal, as ClickHouse's own client would print it: readable quantities, bars of
 * eighth blocks, tables of box-drawing characters, and a line of progress.
 *
 * <p>Everything but {@link io.clickpy.examples.text.ProgressBar} is a pure function of its
 * arguments.
 */
@NullMarked
package io.clickpy.examples.text;

import org.jspecify.annotations.NullMarked;
