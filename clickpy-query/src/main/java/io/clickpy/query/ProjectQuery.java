package io.clickpy.query;

import io.clickpy.core.packaging.PreReleases;
import io.clickpy.core.packaging.VersionSpecifier;
import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Scope;

/**
 * A question about one project or a few, and which of its downloads it is about. Without a filter
 * it is about all of them, of all time.
 *
 * <p>Immutable and thread-safe: every filter returns a new question.
 *
 * @param <R> what one row of the answer is
 * @param <Q> the question itself
 */
public abstract class ProjectQuery<R, Q extends ProjectQuery<R, Q>> extends PeriodQuery<R, Q> {

  /** For the questions of this library. */
  protected ProjectQuery(Scope scope) {
    super(scope);
  }

  /**
   * Returns this question for one version.
   *
   * @param version as the files' names say it, for example {@code 2.2.3}
   */
  public final Q version(String version) {
    return where(new Condition.Equal(Dimension.VERSION, version));
  }

  /**
   * Returns this question for the versions that a specifier lets in, by the rules of PEP 440:
   * pre-releases are left out, unless a clause names one or nothing else matches. Versions that PEP
   * 440 does not know are left out.
   *
   * @param specifier for example {@code >=2,<3}
   * @throws IllegalArgumentException if it is no version specifier
   */
  public final Q versions(String specifier) {
    return versions(VersionSpecifier.parse(specifier));
  }

  /** Returns this question for the versions that a specifier lets in, as the text of it would. */
  public final Q versions(VersionSpecifier specifier) {
    return versions(specifier, PreReleases.BY_RULE);
  }

  /**
   * Returns this question for the versions that a specifier lets in.
   *
   * @param preReleases whether alphas, betas, candidates and development releases are among them
   */
  public final Q versions(VersionSpecifier specifier, PreReleases preReleases) {
    return where(new Condition.Satisfies(specifier, preReleases));
  }
}
