package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the day: {@link Fields#DATE}. */
public interface ByDate {}
