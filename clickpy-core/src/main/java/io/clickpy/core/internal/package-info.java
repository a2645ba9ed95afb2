/** How core works inside; no API. */
@NullMarked
package io.clickpy.core.internal;

import org.jspecify.annotations.NullMarked;
