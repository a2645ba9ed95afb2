package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPy;

/**
 * Where rows go.
 *
 * @param clickpy the connection
 * @param table a table with the columns of the raw one
 * @param insertThreads how many threads of the server write into it
 */
public record Target(ClickPy clickpy, String table, String insertThreads) {}
