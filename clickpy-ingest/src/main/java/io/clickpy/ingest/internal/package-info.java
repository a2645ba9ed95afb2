/** How a load works inside; no API. */
@NullMarked
package io.clickpy.ingest.internal;

import org.jspecify.annotations.NullMarked;
