package io.clickpy.query;

import static io.clickpy.query.GeneratedDownloads.NEWEST;
import static io.clickpy.query.GeneratedDownloads.OLDEST;
import static java.util.stream.Collectors.joining;

import io.clickpy.core.DateRange;
import io.clickpy.core.QueryLimits;
import io.clickpy.core.packaging.PackageVersion;
import io.clickpy.core.packaging.VersionSpecifier;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Filters on a question of {@link PypiStats}, and the same as plain SQL over the raw table.
 *
 * @param projects whose downloads
 * @param clients name and value of each filter by client
 * @param version the filter by version; empty for all
 * @param first the first day asked for
 * @param last the last day asked for
 * @param period how the days are asked for
 */
record RandomFilters(
    List<String> projects,
    List<Client> clients,
    Optional<Version> version,
    LocalDate first,
    LocalDate last,
    Period period) {
  private static final List<String> SPECIFIERS =
      List.of(">=2,<3", "!=1.0", "==2.0rc1", ">1.0rc1", "<=2.0", "~=1.0", "==1.*", "===other", "");

  record Client(Kind kind, String value) {
    <Q extends FilteredQuery<?, Q>> Q on(Q question) {
      return switch (kind) {
        case COUNTRY -> question.country(value);
        case FILE_TYPE -> question.fileType(value);
        case PYTHON -> question.python(value);
        case SYSTEM -> question.system(value);
        case INSTALLER -> question.installer(value);
        case NO_MIRROR -> question.excludingMirrors();
      };
    }

    String sql() {
      return kind == Kind.NO_MIRROR
          ? "installer != 'bandersnatch' AND installer != 'Artifactory'"
          : kind.column + " = " + Oracle.quoted(value);
    }
  }

  enum Kind {
    COUNTRY("country_code", GeneratedDownloads.COUNTRIES),
    FILE_TYPE("type", GeneratedDownloads.TYPES),
    PYTHON("python_minor", GeneratedDownloads.PYTHONS),
    SYSTEM("system", GeneratedDownloads.SYSTEMS),
    INSTALLER("installer", GeneratedDownloads.INSTALLERS),
    NO_MIRROR("installer", List.of("any"));

    private final String column;

    @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
    private final List<String> values;

    Kind(String column, List<String> values) {
      this.column = column;
      this.values = values;
    }
  }

  /**
   * A filter by version.
   *
   * @param text a version, or a specifier
   * @param values which versions that is
   */
  record Version(String text, List<String> values) {
    <Q extends ProjectQuery<?, Q>> Q on(Q question) {
      return SPECIFIERS.contains(text) ? question.versions(text) : question.version(text);
    }

    String sql() {
      return values.stream()
          .map(value -> " OR version = " + Oracle.quoted(value))
          .collect(joining("", "(false", ")"));
    }
  }

  enum Period {
    ALL_TIME,
    LAST_DAYS,
    BETWEEN
  }

  static RandomFilters of(Random random) {
    List<Client> clients = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      if (random.nextInt(5) == 0) {
        clients.add(new Client(kind, pick(kind.values, random)));
      }
    }
    Period period = pick(List.of(Period.values()), random);
    // Also days before the oldest and after the newest.
    LocalDate first = OLDEST.minusDays(20).plusDays(random.nextInt(440));
    LocalDate last = first.plusDays(random.nextInt(200));
    return new RandomFilters(
        List.of(pick(GeneratedDownloads.PROJECTS, random)),
        clients,
        version(random),
        switch (period) {
          case ALL_TIME -> OLDEST;
          case LAST_DAYS -> NEWEST.minusDays(random.nextInt(500));
          case BETWEEN -> first;
        },
        period == Period.BETWEEN ? last : NEWEST,
        period);
  }

  private static Optional<Version> version(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> {
        String version = pick(GeneratedDownloads.VERSIONS, random);
        yield Optional.of(new Version(version, List.of(version)));
      }
      case 1 -> {
        String text = pick(SPECIFIERS, random);
        List<PackageVersion> known =
            GeneratedDownloads.VERSIONS.stream()
                .map(PackageVersion::tryParse)
                .flatMap(Optional::stream)
                .toList();
        yield Optional.of(
            new Version(
                text,
                VersionSpecifier.parse(text).filter(known).stream()
                    .map(PackageVersion::text)
                    .toList()));
      }
      default -> Optional.empty();
    };
  }

  /** Returns the same filters on others' downloads. */
  RandomFilters of(List<String> others) {
    return new RandomFilters(others, clients, version, first, last, period);
  }

  String project() {
    return projects.get(0);
  }

  static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  /** Asks with these filters, and as a raw scan if there is no other way. */
  <Q extends ProjectQuery<?, Q>> Q on(Q question) {
    Q refined = onPeriod(question);
    return version.isPresent() ? version.get().on(refined) : refined;
  }

  /** Asks with all of these filters but project and version. */
  <Q extends PeriodQuery<?, Q>> Q onPeriod(Q question) {
    return onClients(
        switch (period) {
          case ALL_TIME -> question.lastDays(1).allTime();
          case LAST_DAYS -> question.lastDays((int) (NEWEST.toEpochDay() - first.toEpochDay()) + 1);
          case BETWEEN -> question.between(DateRange.of(first, last));
        });
  }

  /** Asks with the filters by client alone. */
  <Q extends FilteredQuery<?, Q>> Q onClients(Q question) {
    Q refined = question;
    for (Client client : clients) {
      refined = client.on(refined);
    }
    return refined.allowRawScan(QueryLimits.ofDefaults().withMaxRowsToRead(1_000_000));
  }

  /** Returns the condition on the rows of the raw table. */
  String sql() {
    return timelessSql() + " AND " + periodSql();
  }

  /** Returns the condition without the days. */
  String timelessSql() {
    String names = projects.stream().map(Oracle::quoted).collect(joining(", "));
    return Stream.concat(
            Stream.of("project IN (" + names + ")", clientsSql()),
            version.stream().map(Version::sql))
        .collect(joining(" AND "));
  }

  /** Returns the condition without project and version. */
  String periodSql() {
    return "date >= '%s' AND date <= '%s' AND %s".formatted(first, last, clientsSql());
  }

  /** Returns the condition on the client alone. */
  String clientsSql() {
    return Stream.concat(Stream.of("true"), clients.stream().map(Client::sql))
        .collect(joining(" AND "));
  }
}
