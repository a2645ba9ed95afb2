package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the kind of file: {@link Fields#FILE_TYPE}. */
public interface ByFileType {}
