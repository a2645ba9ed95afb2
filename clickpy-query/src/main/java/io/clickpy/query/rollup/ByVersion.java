package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the version: {@link Fields#VERSION}. */
public interface ByVersion {}
