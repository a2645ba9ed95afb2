/**
 * The one description of every table, view and dictionary: what {@link
 * io.clickpy.core.schema.PypiSchema} says is what migrations create, what the planner chooses from
 * and what the reference documentation prints.
 *
 * <p>Everything here is immutable and thread-safe, and touches no server.
 */
@NullMarked
package io.clickpy.core.schema;

import org.jspecify.annotations.NullMarked;
