package io.clickpy.query.project;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ProjectName;
import io.clickpy.core.QueryResult;
import io.clickpy.core.packaging.PackageVersion;
import io.clickpy.core.packaging.PreReleases;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.AnswerQuery;
import java.util.Objects;
import java.util.Optional;

/**
 * A question about one release of a project: by default the latest, as PEP 440 orders versions,
 * whenever it was uploaded. Pre-releases count only if there is nothing else. Releases whose
 * version PEP 440 does not know, as {@code 2004d}, are skipped and counted. The answer is empty if
 * the project is unknown, or has no such release.
 *
 * <p>Immutable and thread-safe: every refinement returns a new question.
 *
 * @param <R> what the SQL tells of each release
 * @param <A> what the answer is
 * @param <Q> the question itself
 */
@CheckReturnValue
public abstract sealed class ReleaseQuery<R, A, Q extends ReleaseQuery<R, A, Q>>
    implements AnswerQuery<R, Optional<A>> permits ProjectDetails, Dependencies {
  private final Wanted wanted;

  ReleaseQuery(Wanted wanted) {
    this.wanted = wanted;
  }

  /**
   * Which release.
   *
   * @param schema the tables that tell of it
   * @param project whose
   * @param version which; empty for the latest
   * @param preReleases whether the latest may be a pre-release
   */
  record Wanted(
      PypiSchema schema,
      ProjectName project,
      Optional<PackageVersion> version,
      PreReleases preReleases) {

    static Wanted latestOf(String project) {
      return new Wanted(
          PypiSchema.ofDefaults(), ProjectName.of(project), Optional.empty(), PreReleases.BY_RULE);
    }
  }

  /**
   * Returns this question about another release than the latest.
   *
   * @param version in any spelling; {@code 1.0} is {@code 1.0.0}
   * @throws IllegalArgumentException if PEP 440 does not know it
   */
  public final Q version(String version) {
    return version(PackageVersion.parse(version));
  }

  /** Returns this question about another release than the latest. */
  public final Q version(PackageVersion version) {
    Objects.requireNonNull(version, "version");
    return with(
        new Wanted(wanted.schema, wanted.project, Optional.of(version), wanted.preReleases));
  }

  /** Returns this question with pre-releases counting like any other, where the latest is meant. */
  public final Q includingPreReleases() {
    return with(new Wanted(wanted.schema, wanted.project, wanted.version, PreReleases.INCLUDE));
  }

  /**
   * Returns this question for other tables than {@link PypiSchema#ofDefaults()}: those with a
   * prefix, or those of ClickPy's own service.
   */
  public final Q schema(PypiSchema schema) {
    Objects.requireNonNull(schema, "schema");
    return with(new Wanted(schema, wanted.project, wanted.version, wanted.preReleases));
  }

  @Override
  public final Optional<A> answer(QueryResult<R> rows) {
    return Chosen.among(rows, this::versionOf, wanted.version, wanted.preReleases)
        .map(this::answerOf);
  }

  final Wanted wanted() {
    return wanted;
  }

  /** Returns this question about another release. */
  abstract Q with(Wanted changed);

  /** Returns the version of a release, as its files say it. */
  abstract String versionOf(R release);

  /** Returns the answer that a release makes. */
  abstract A answerOf(Chosen<R> release);
}
