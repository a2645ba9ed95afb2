/** Typed questions over PyPI downloads. */
@NullMarked
package io.clickpy.query;

import org.jspecify.annotations.NullMarked;
