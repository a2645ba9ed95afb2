/** How questions are planned and rendered. Packages named {@code internal} are no API. */
@NullMarked
package io.clickpy.query.internal;

import org.jspecify.annotations.NullMarked;
