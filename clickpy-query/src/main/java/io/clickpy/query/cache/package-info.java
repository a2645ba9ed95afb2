/**
 * Answers that are kept until the data changes. Start with {@link
 * io.clickpy.query.cache.QueryCache}; it needs {@code com.github.ben-manes.caffeine:caffeine} on
 * the class path, which clickpy does not bring along.
 */
@NullMarked
package io.clickpy.query.cache;

import org.jspecify.annotations.NullMarked;
