package io.clickpy.query;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.DateRange;
import io.clickpy.core.Query;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Measure;
import io.clickpy.query.internal.Condition;
import java.time.LocalDate;
import java.util.Objects;
import java.util.Set;

/**
 * A question about one project, and which of its downloads it is about. Without a filter it is
 * about all of them, of all time.
 *
 * <p>Immutable and thread-safe: every filter returns a new question. All filters hold together; one
 * on the same thing replaces the earlier. Values are compared as they are stored; an empty text
 * means the downloads of which it is unknown. The planner chooses the rollup that reads least; some
 * combinations, as an installer and a system, no rollup can tell: asking then throws {@link
 * NoCoveringRollupException}, unless {@link #allowRawScan(QueryLimits)} was called.
 *
 * @param <R> what one row of the answer is
 * @param <Q> the question itself
 */
@CheckReturnValue
public abstract class ProjectQuery<R, Q extends ProjectQuery<R, Q>> implements StatsQuery<R> {
  private final Scope scope;

  ProjectQuery(Scope scope) {
    this.scope = scope;
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
   * Returns this question for given days.
   *
   * @param first the first day, in UTC
   * @param last the last day, included
   * @throws IllegalArgumentException if the last day is before the first
   */
  public final Q between(LocalDate first, LocalDate last) {
    DateRange days = DateRange.of(first, last);
    return where(new Condition.Between(Dimension.DATE, days.first(), days.last()));
  }

  /**
   * Returns this question for the newest days, counted back from the newest day on which anything
   * was loaded, so that a late load does not make the answer shorter.
   *
   * @param days how many, that day included; 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public final Q lastDays(int days) {
    return where(new Condition.LastDays(days));
  }

  /** Returns this question for every day that is loaded, which is the default. */
  public final Q allTime() {
    return with(scope.allTime());
  }

  /**
   * Returns this question allowed to read the raw table, one row for each download, where no rollup
   * can answer. Where one can, nothing changes.
   *
   * @param budget what the scan may cost; if it would cost more, asking fails
   */
  public final Q allowRawScan(QueryLimits budget) {
    return with(scope.withRawBudget(Objects.requireNonNull(budget, "budget")));
  }

  /**
   * Returns this question planned for tables of these sizes, instead of {@link
   * TableStatistics#ofDefaults()}.
   */
  public final Q planFor(TableStatistics statistics) {
    return with(scope.withStatistics(Objects.requireNonNull(statistics, "statistics")));
  }

  @Override
  public final Plan plan() {
    return scope.plan(measure(), groups());
  }

  @Override
  public final Query<R> toQuery() {
    Plan plan = plan();
    return scope.limited(plan, render(plan));
  }

  private Q where(Condition condition) {
    return with(scope.where(condition));
  }

  Scope scope() {
    return scope;
  }

  /** Returns this question about other downloads. */
  abstract Q with(Scope changed);

  /** Returns what the rows are told apart by. */
  abstract Set<Dimension> groups();

  /** Returns what is asked about the downloads. */
  Measure measure() {
    return Measure.COUNT;
  }

  /** Returns the question as SQL over the table of the plan. */
  abstract Query<R> render(Plan plan);
}
