package io.clickpy.query;

import io.clickpy.core.schema.Dimension;
import io.clickpy.query.internal.Condition;
import io.clickpy.query.internal.Mirrors;
import io.clickpy.query.internal.Scope;

/**
 * A question about downloads, and by whom they were. Without a filter it is about all of them.
 *
 * <p>Immutable and thread-safe: every filter returns a new question. All filters hold together; one
 * on the same thing replaces the earlier. Values are compared as they are stored; an empty text
 * means the downloads of which it is unknown.
 *
 * @param <R> what one row of the answer is
 * @param <Q> the question itself
 */
public abstract class FilteredQuery<R, Q extends FilteredQuery<R, Q>> extends PlannedQuery<R, Q> {

  /** For the questions of this library. */
  protected FilteredQuery(Scope scope) {
    super(scope);
  }

  /**
   * Returns this question for one country.
   *
   * @param code the ISO 3166 code in capital letters, for example {@code DE}
   */
  public final Q country(String code) {
    return where(new Condition.Equal(Dimension.COUNTRY_CODE, code));
  }

  /**
   * Returns this question for one kind of file.
   *
   * @param type for example {@code bdist_wheel} or {@code sdist}
   */
  public final Q fileType(String type) {
    return where(new Condition.Equal(Dimension.TYPE, type));
  }

  /**
   * Returns this question for one minor version of Python.
   *
   * @param minor for example {@code 3.12}
   */
  public final Q python(String minor) {
    return where(new Condition.Equal(Dimension.PYTHON_MINOR, minor));
  }

  /**
   * Returns this question for one operating system.
   *
   * @param system for example {@code Linux}, {@code Darwin} or {@code Windows}
   */
  public final Q system(String system) {
    return where(new Condition.Equal(Dimension.SYSTEM, system));
  }

  /**
   * Returns this question for one installer.
   *
   * @param installer for example {@code pip} or {@code uv}
   */
  public final Q installer(String installer) {
    return where(new Condition.Equal(Dimension.INSTALLER, installer));
  }

  /**
   * Returns this question without the downloads of programs that copy PyPI: {@code bandersnatch},
   * {@code z3c.pypimirror}, {@code pep381client}, {@code Artifactory}, {@code Nexus} and {@code
   * devpi}. Those of unknown programs stay. It holds beside {@link #installer}.
   */
  public final Q excludingMirrors() {
    return with(scope().and(Mirrors.EXCLUDED));
  }

  final Q where(Condition condition) {
    return with(scope().where(condition));
  }
}
