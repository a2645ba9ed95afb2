package io.clickpy.query.rollup;

/** A rollup that tells downloads apart by the installer: {@link Fields#INSTALLER}. */
public interface ByInstaller {}
