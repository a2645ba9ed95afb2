package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the project: {@link Fields#PROJECT}. */
public interface ByProject {}
