package io.clickpy.core.migrate;

import java.util.Optional;

/**
 * One statement of a migration, as it runs on the server.
 *
 * @param version the migration's number
 * @param ordinal the statement's number in the migration, from 1
 * @param sql the text; bound values as {@code {name:Type}}, never with a password
 * @param warning why it is slow or rewrites data, if it does
 */
public record PlannedStatement(int version, int ordinal, String sql, Optional<String> warning) {}
