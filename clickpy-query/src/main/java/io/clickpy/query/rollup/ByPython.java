package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the minor version of Python: {@link Fields#PYTHON}. */
public interface ByPython {}
