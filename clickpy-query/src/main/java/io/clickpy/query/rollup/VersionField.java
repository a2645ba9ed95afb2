package io.clickpy.query.rollup;

import io.clickpy.core.packaging.PreReleases;
import io.clickpy.core.packaging.VersionSpecifier;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import java.util.function.UnaryOperator;

/**
 * The version of a download. It is compared as text, as it is stored, but for a specifier of PEP
 * 440.
 *
 * @param <B> the mix-in of the rollups that have it
 */
public final class VersionField<B> extends TextField<B> {
  VersionField(Dimension dimension) {
    super(dimension, UnaryOperator.identity());
  }

  /**
   * Returns the filter for the versions that a specifier lets in, by the rules of PEP 440:
   * pre-releases are left out, unless a clause names one or nothing else of the project matches.
   * Versions that PEP 440 does not know are left out. Filter by project as well, else the versions
   * of all projects are compared.
   *
   * @param specifier for example {@code >=2,<3}
   * @throws IllegalArgumentException if it is no version specifier
   */
  public Filter<B> satisfies(String specifier) {
    return satisfies(VersionSpecifier.parse(specifier), PreReleases.BY_RULE);
  }

  /** Returns the filter for the versions that a specifier lets in, as the text of it would. */
  public Filter<B> satisfies(VersionSpecifier specifier) {
    return satisfies(specifier, PreReleases.BY_RULE);
  }

  /**
   * Returns the filter for the versions that a specifier lets in.
   *
   * @param preReleases whether alphas, betas, candidates and development releases are among them
   */
  public Filter<B> satisfies(VersionSpecifier specifier, PreReleases preReleases) {
    return new Filter<>(new Condition.Satisfies(specifier, preReleases));
  }
}
