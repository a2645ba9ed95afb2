package io.clickpy.core.packaging;

/**
 * Whether a {@link VersionSpecifier} lets alphas, betas, candidates and development releases in.
 */
public enum PreReleases {
  /**
   * As PEP 440 says: left out unless the specifier names one, as {@code >=2.0rc1} does; where there
   * are several versions to choose from, also taken when nothing else matches.
   *
   * @see <a href="https://peps.python.org/pep-0440/#handling-of-pre-releases">PEP 440, handling of
   *     pre-releases</a>
   */
  BY_RULE,
  /** Let in like any other version. */
  INCLUDE,
  /** Left out, even if the specifier names one. */
  EXCLUDE
}
