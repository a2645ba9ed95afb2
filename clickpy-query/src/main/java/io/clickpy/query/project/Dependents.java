package io.clickpy.query.project;

import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.core.ProjectName;
import io.clickpy.core.Query;
import io.clickpy.core.QueryResult;
import io.clickpy.core.packaging.PreReleases;
import io.clickpy.core.packaging.Requirement;
import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.AnswerQuery;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Limits;
import io.clickpy.query.internal.Rendering;
import io.clickpy.query.internal.SqlText;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Which projects require a project, most downloaded first. Only the latest release of each counts,
 * as PEP 440 orders versions; pre-releases only where there is nothing else. The requirement must
 * name the project exactly: who requires {@code requests-oauthlib} does not require {@code
 * requests}. What is no version or no requirement is skipped and counted. A project is not its own
 * dependent.
 *
 * <p>Immutable and thread-safe: every refinement returns a new question. The server looks through
 * the requirements of all files of PyPI, which takes seconds, not milliseconds.
 *
 * <pre>{@code
 * import io.clickpy.query.project.*;
 *
 * List<Dependent> most =
 *     PypiStats.dependents("numpy").withoutExtras().lastDays(30).top(20).fetch(clickpy).dependents();
 * }</pre>
 */
@CheckReturnValue
public final class Dependents implements AnswerQuery<DependentCandidate, ProjectDependents> {
  private static final int DEFAULT_TOP = 10;

  private final PypiSchema schema;
  private final ProjectName project;
  private final DownloadsWindow window;
  private final Extras extras;
  private final int top;

  private Dependents(
      PypiSchema schema, ProjectName project, DownloadsWindow window, Extras extras, int top) {
    this.schema = schema;
    this.project = project;
    this.window = window;
    this.extras = extras;
    this.top = top;
  }

  /**
   * Asks who requires a project, with downloads of all time.
   *
   * @param project the project's name, in any spelling
   */
  public static Dependents of(String project) {
    return new Dependents(
        PypiSchema.ofDefaults(),
        ProjectName.of(project),
        DownloadsWindow.allTime(),
        Extras.INCLUDED,
        DEFAULT_TOP);
  }

  /** Returns this question without projects that require it for an extra alone. */
  public Dependents withoutExtras() {
    return new Dependents(schema, project, window, Extras.LEFT_OUT, top);
  }

  /**
   * Returns this question with the downloads of given days.
   *
   * @param first the first day, in UTC
   * @param last the last day, included
   * @throws IllegalArgumentException if the last day is before the first
   */
  public Dependents between(LocalDate first, LocalDate last) {
    return new Dependents(schema, project, DownloadsWindow.between(first, last), extras, top);
  }

  /**
   * Returns this question with the downloads of the newest days, counted back from the newest day
   * on which anything was loaded.
   *
   * @param days how many, that day included; 1 to 65535
   * @throws IllegalArgumentException if it is out of range
   */
  public Dependents lastDays(int days) {
    return new Dependents(schema, project, DownloadsWindow.lastDays(days), extras, top);
  }

  /** Returns this question with the downloads of every day that is loaded, which is the default. */
  public Dependents allTime() {
    return new Dependents(schema, project, DownloadsWindow.allTime(), extras, top);
  }

  /**
   * Returns this question with another number of projects; by default 10.
   *
   * @param count how many at most; at least 1
   * @throws IllegalArgumentException if it is out of range
   */
  public Dependents top(int count) {
    return new Dependents(schema, project, window, extras, Limits.check("dependents", count));
  }

  /**
   * Returns this question for other tables than {@link PypiSchema#ofDefaults()}: those with a
   * prefix, or those of ClickPy's own service.
   */
  public Dependents schema(PypiSchema value) {
    return new Dependents(Objects.requireNonNull(value, "schema"), project, window, extras, top);
  }

  @Override
  public Plan plan() {
    return window.plan(schema);
  }

  @Override
  public Query<DependentCandidate> toQuery() {
    Rendering rendering = new Rendering(schema);
    String files = schema.projects().name();
    String name = rendering.bind("project", "String", project.value());
    String namesIt = "requirement -> " + MetadataSql.requiredBy("requirement") + " = " + name;
    String candidates =
        SqlText.subquery(
            "candidates",
            "SELECT DISTINCT " + MetadataSql.PROJECT + " AS dependent",
            "FROM " + files,
            "WHERE arrayExists(" + namesIt + ", requires_dist)",
            "  AND dependent != " + name);
    String releases =
        SqlText.subquery(
            "releases",
            SqlText.select(
                List.of(
                    MetadataSql.PROJECT + " AS dependent",
                    "version",
                    MetadataSql.REQUIREMENTS,
                    "arrayFilter(" + namesIt + ", requirements) AS naming")),
            "FROM " + files,
            "WHERE dependent IN candidates",
            "GROUP BY dependent, version");
    String sql =
        SqlText.with(
            List.of(candidates, releases, window.counted("candidates", rendering)),
            SqlText.select(
                List.of(
                    "dependent",
                    "groupArray(version) AS versions",
                    "groupArray(length(naming)) AS lengths",
                    "arrayFlatten(groupArray(naming)) AS requirements",
                    "any(counted.downloads) AS downloads")),
            "FROM releases",
            "LEFT JOIN counted ON counted.project = releases.dependent",
            "GROUP BY dependent",
            "ORDER BY downloads DESC, dependent");
    return rendering
        .bindTo(Query.of(sql, DependentCandidate::read).readingFrom(files))
        // A project without downloads has 0 of them, whatever the user's profile makes of joins.
        .setting("join_use_nulls", "0");
  }

  @Override
  public ProjectDependents answer(QueryResult<DependentCandidate> rows) {
    List<Dependent> dependents = new ArrayList<>();
    int skippedVersions = 0;
    int skippedRequirements = 0;
    for (DependentCandidate candidate : rows) {
      if (dependents.size() == top) {
        break;
      }
      Optional<Chosen<Map.Entry<String, List<String>>>> latest =
          Chosen.among(
              candidate.releases().entrySet(),
              Map.Entry::getKey,
              Optional.empty(),
              PreReleases.BY_RULE);
      skippedVersions += latest.map(Chosen::skippedVersions).orElse(candidate.releases().size());
      if (latest.isPresent()) {
        List<String> naming = latest.get().release().getValue();
        List<Requirement> known =
            naming.stream().flatMap(text -> Requirement.tryParse(text).stream()).toList();
        skippedRequirements += naming.size() - known.size();
        List<Requirement> wanted = known.stream().filter(extras::letIn).toList();
        if (!wanted.isEmpty()) {
          dependents.add(
              new Dependent(
                  candidate.project(), latest.get().version(), wanted, candidate.downloads()));
        }
      }
    }
    return new ProjectDependents(dependents, skippedVersions, skippedRequirements);
  }
}
