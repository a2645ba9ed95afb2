/**
 * What PyPI's metadata tells of projects: their releases, what they require, and who requires them.
 * The questions begin at {@link io.clickpy.query.PypiStats}.
 *
 * <p>The metadata is a table of its own, with a row for each file that was ever uploaded. It does
 * not tell which releases were yanked or deleted.
 */
@NullMarked
package io.clickpy.query.project;

import org.jspecify.annotations.NullMarked;
