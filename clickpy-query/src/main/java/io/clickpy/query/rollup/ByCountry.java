package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the country: {@link Fields#COUNTRY}. */
public interface ByCountry {}
