/**
 * Questions about all projects at once: how many there are, which are the most downloaded, the new
 * and the growing ones, where one of them stands, what has been released.
 *
 * <p>Start at {@link io.clickpy.query.PypiStats}, which makes them. Everything here is immutable
 * and thread-safe.
 */
@NullMarked
package io.clickpy.query.projects;

import org.jspecify.annotations.NullMarked;
