/** A real ClickHouse as a child process of this program. */
@NullMarked
package io.clickpy.embedded;

import org.jspecify.annotations.NullMarked;
