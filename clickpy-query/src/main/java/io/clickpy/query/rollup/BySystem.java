package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the operating system: {@link Fields#SYSTEM}. */
public interface BySystem {}
