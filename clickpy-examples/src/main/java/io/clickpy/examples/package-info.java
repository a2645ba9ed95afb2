/** Runnable programs, each one task. */
@NullMarked
package io.clickpy.examples;

import org.jspecify.annotations.NullMarked;
