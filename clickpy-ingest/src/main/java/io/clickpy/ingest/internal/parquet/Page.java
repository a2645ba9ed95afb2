package io.clickpy.ingest.internal.parquet;

import org.apache.parquet.format.Encoding;

/**
 * A page, unpacked.
 *
 * @param values how many values it has, NULLs included
 * @param encoding how those that are there are written
 * @param levels where the definition levels begin
 * @param content where the values begin, and the levels end
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on once, never compared.
record Page(byte[] bytes, int values, Encoding encoding, int levels, int content) {}
