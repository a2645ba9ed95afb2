package io.clickpy.core.migrate;

import java.time.Instant;
import java.util.Optional;

/**
 * A migration and where it stands.
 *
 * @param version its number
 * @param description what it does
 * @param state where it stands
 * @param lastRun when the last of its statements ended, by the server's clock; empty if none has
 */
public record MigrationStatus(
    int version, String description, MigrationState state, Optional<Instant> lastRun) {}
