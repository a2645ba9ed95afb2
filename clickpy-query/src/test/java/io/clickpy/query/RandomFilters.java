package io.clickpy.query;

import static io.clickpy.query.GeneratedDownloads.NEWEST;
import static io.clickpy.query.GeneratedDownloads.OLDEST;

import io.clickpy.core.QueryLimits;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Filters on a question of {@link PypiStats}, and the same as plain SQL over the raw table.
 *
 * @param project whose downloads
 * @param filters name and value of each filter
 * @param first the first day asked for
 * @param last the last day asked for
 * @param period how the days are asked for
 */
record RandomFilters(
    String project, List<Filter> filters, LocalDate first, LocalDate last, Period period) {

  record Filter(Kind kind, String value) {}

  enum Kind {
    VERSION("version", GeneratedDownloads.VERSIONS),
    COUNTRY("country_code", GeneratedDownloads.COUNTRIES),
    FILE_TYPE("type", GeneratedDownloads.TYPES),
    PYTHON("python_minor", GeneratedDownloads.PYTHONS),
    SYSTEM("system", GeneratedDownloads.SYSTEMS),
    INSTALLER("installer", GeneratedDownloads.INSTALLERS);

    private final String column;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<String> values;

    Kind(String column, List<String> values) {
      this.column = column;
      this.values = values;
    }
  }

  enum Period {
    ALL_TIME,
    LAST_DAYS,
    BETWEEN
  }

  static RandomFilters of(Random random) {
    List<Filter> filters = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (random.nextInt(5) == 0) {
        filters.add(new Filter(kind, kind.values.get(random.nextInt(kind.values.size()))));
      }
    }
    Period period = Period.values()[random.nextInt(3)];
    // Also days before the oldest and after the newest.
    LocalDate first = OLDEST.minusDays(20).plusDays(random.nextInt(440));
    LocalDate last = first.plusDays(random.nextInt(200));
    return new RandomFilters(
        GeneratedDownloads.PROJECTS.get(random.nextInt(GeneratedDownloads.PROJECTS.size())),
        filters,
        switch (period) {
          case ALL_TIME -> OLDEST;
          case LAST_DAYS -> NEWEST.minusDays(random.nextInt(500));
          case BETWEEN -> first;
        },
        period == Period.BETWEEN ? last : NEWEST,
        period);
  }

  /** Asks with these filters, and as a raw scan if there is no other way. */
  <Q extends ProjectQuery<?, Q>> Q on(Q question) {
    Q refined =
        switch (period) {
          case ALL_TIME -> question.lastDays(1).allTime();
          case LAST_DAYS -> question.lastDays((int) (NEWEST.toEpochDay() - first.toEpochDay()) + 1);
          case BETWEEN -> question.between(first, last);
        };
    for (Filter filter : filters) {
      refined = refinement(filter, refined).apply(refined);
    }
    return refined.allowRawScan(QueryLimits.ofDefaults().withMaxRowsToRead(1_000_000));
  }

  @SuppressWarnings("unused") // The question gives the type.
  private static <Q extends ProjectQuery<?, Q>> UnaryOperator<Q> refinement(
      Filter filter, Q question) {
    String value = filter.value();
    return switch (filter.kind()) {
      case VERSION -> q -> q.version(value);
      case COUNTRY -> q -> q.country(value);
      case FILE_TYPE -> q -> q.fileType(value);
      case PYTHON -> q -> q.python(value);
      case SYSTEM -> q -> q.system(value);
      case INSTALLER -> q -> q.installer(value);
    };
  }

  /** Returns the condition on the rows of the raw table. */
  String sql() {
    StringBuilder sql = new StringBuilder("project = " + quoted(project));
    sql.append(" AND date >= '%s' AND date <= '%s'".formatted(first, last));
    for (Filter filter : filters) {
      sql.append(" AND ").append(filter.kind().column).append(" = ").append(quoted(filter.value()));
    }
    return sql.toString();
  }

  static String quoted(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
