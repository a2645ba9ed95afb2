/**
 * Brings a database to the schema of {@link io.clickpy.core.schema.PypiSchema} and tells where it
 * stands. Start at {@link io.clickpy.core.migrate.SchemaMigrator}.
 */
@NullMarked
package io.clickpy.core.migrate;

import org.jspecify.annotations.NullMarked;
