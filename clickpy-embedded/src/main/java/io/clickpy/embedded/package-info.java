/**
 * A real ClickHouse as a child process of this program, for examples and tests. Start at {@link
 * io.clickpy.embedded.EmbeddedClickHouse}; what goes wrong is an {@link
 * io.clickpy.embedded.EngineException} that names the cause and the way out.
 */
@NullMarked
package io.clickpy.embedded;

import org.jspecify.annotations.NullMarked;
