/**
 * What a project on PyPI says of itself: versions and version specifiers (PEP 440), dependencies
 * and their environment markers (PEP 508). Named after Python's library for the same things.
 *
 * <p>Start at {@link io.clickpy.core.packaging.PackageVersion}, {@link
 * io.clickpy.core.packaging.VersionSpecifier} or {@link io.clickpy.core.packaging.Requirement}.
 *
 * <p>Everything here is immutable and thread-safe, touches no server, and reads a text in time
 * proportional to its length, whoever wrote it.
 */
@NullMarked
package io.clickpy.core.packaging;

import org.jspecify.annotations.NullMarked;
