/**
 * Files of any answer whose rows are records: CSV, JSON, Markdown. Start with {@link
 * io.clickpy.query.export.ExportFormat}.
 */
@NullMarked
package io.clickpy.query.export;

import org.jspecify.annotations.NullMarked;
