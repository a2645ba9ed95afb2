/** The names of the countries that downloads come from. */
@NullMarked
package io.clickpy.core.country;

import org.jspecify.annotations.NullMarked;
