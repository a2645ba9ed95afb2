/** A line of progress for a terminal. */
@NullMarked
package io.clickpy.examples.text;

import org.jspecify.annotations.NullMarked;
