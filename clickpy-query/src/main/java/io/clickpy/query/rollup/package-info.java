/**
 * One typed builder for each rollup table, for questions that {@link io.clickpy.query.PypiStats}
 * does not ask.
 *
 * <p>A builder is named after its table and is a composition of mix-ins, as {@link
 * io.clickpy.query.rollup.ByVersion}, that say what the table tells downloads apart by. A filter or
 * a grouping by anything else does not compile. Filters are values, made by the {@link
 * io.clickpy.query.rollup.Fields}; they can be kept and used with every table that has the field.
 */
@NullMarked
package io.clickpy.query.rollup;

import org.jspecify.annotations.NullMarked;
