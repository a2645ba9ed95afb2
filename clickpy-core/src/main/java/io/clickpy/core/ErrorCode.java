package io.clickpy.core;

/**
 * What kind of thing went wrong, so that a program can decide without reading messages.
 *
 * <p>A code says nothing about whether a repeat can help: see {@link
 * ClickPyException#isRetryable()}.
 */
public enum ErrorCode {
  /** The server could not be reached, or the connection broke. */
  CONNECTION,
  /** The server refused the user or the password. */
  AUTHENTICATION,
  /** The user may not do this. */
  ACCESS_DENIED,
  /** The question itself is wrong: its syntax, a name in it, or a parameter. */
  INVALID_QUERY,
  /** A table or database is missing; most often the schema has not been migrated. */
  NOT_FOUND,
  /** A limit on rows, bytes, memory or result size stopped the query; nothing was cut silently. */
  LIMIT_EXCEEDED,
  /** The time allowed is over; the server has stopped the query. */
  TIMEOUT,
  /** Somebody cancelled the query. */
  CANCELLED,
  /** The server is busy: too many queries, parts or a used-up quota. */
  OVERLOADED,
  /** The answer is not what was asked for, for example a column of another type. */
  INVALID_RESPONSE,
  /** A write whose end is unknown: it may have taken effect. Look before repeating it. */
  OUTCOME_UNKNOWN,
  /** The schema on the server is not the one expected. */
  SCHEMA,
  /** Input data cannot be read or does not have the expected shape. */
  INVALID_DATA,
  /** Any other error of the server. */
  SERVER
}
