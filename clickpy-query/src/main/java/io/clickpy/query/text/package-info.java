/**
 * Text for a terminal, as ClickHouse's own client would print it: readable quantities, bars of
 * eighth blocks, tables of box-drawing characters. All are pure functions of their arguments.
 */
@NullMarked
package io.clickpy.query.text;

import org.jspecify.annotations.NullMarked;
