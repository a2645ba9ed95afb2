package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the month: {@link Fields#MONTH}. */
public interface ByMonth {}
