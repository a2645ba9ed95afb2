/**
 * Who may read the downloads, and how much of the server that may cost: as code. Start at {@link
 * io.clickpy.core.access.AccessControl}.
 */
@NullMarked
package io.clickpy.core.access;

import org.jspecify.annotations.NullMarked;
