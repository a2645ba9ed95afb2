package io.clickpy.query.internal;

import io.clickpy.core.packaging.PreReleases;
import io.clickpy.core.packaging.VersionClause;
import io.clickpy.core.packaging.VersionSpecifier;
import io.clickpy.core.schema.Dimension;
import io.clickpy.core.schema.Table;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What a dimension of the downloads asked for must be. */
public sealed interface Condition {

  /** Returns the dimension. */
  Dimension dimension();

  /**
   * Returns the condition as SQL, its values bound.
   *
   * @param together all conditions of the question, this one among them
   */
  String render(Rendering rendering, List<Condition> together);

  /** Returns the same condition on what the table has instead of the dimension, if it can be. */
  default Condition in(Table table) {
    return this;
  }

  /**
   * Returns which part of the dimension's values is left, for an estimate.
   *
   * @param distinct how many values there are
   * @return from 0 to 1
   */
  double share(double distinct);

  /** Returns whether single values are left, so that the next column of a key can narrow too. */
  default boolean namesValues() {
    return true;
  }

  /**
   * One value.
   *
   * @param dimension the dimension, one of text
   * @param value the value
   */
  record Equal(Dimension dimension, String value) implements Condition {
    /** Checks that nothing is missing. */
    public Equal {
      Objects.requireNonNull(value, dimension.column());
    }

    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return dimension.column() + " = " + rendering.bind(dimension.column(), "String", value);
    }

    @Override
    public double share(double distinct) {
      return 1 / distinct;
    }
  }

  /**
   * One of several values.
   *
   * @param dimension the dimension, one of text
   * @param values the values; none lets nothing through
   */
  record AnyOf(Dimension dimension, List<String> values) implements Condition {
    /** Copies the values. */
    public AnyOf {
      values = List.copyOf(values);
    }

    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return dimension.column()
          + " IN "
          + rendering.bind(dimension.column(), "Array(String)", values);
    }

    @Override
    public double share(double distinct) {
      return Math.min(1, values.size() / distinct);
    }
  }

  /**
   * None of several values.
   *
   * @param dimension the dimension, one of text
   * @param values the values; none lets everything through
   */
  record NoneOf(Dimension dimension, List<String> values) implements Condition {
    /** Copies the values. */
    public NoneOf {
      values = List.copyOf(values);
    }

    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return dimension.column()
          + " NOT IN "
          + rendering.bind(dimension.column(), "Array(String)", values);
    }

    @Override
    public double share(double distinct) {
      return 1;
    }

    @Override
    public boolean namesValues() {
      return false;
    }
  }

  /**
   * Values that begin with a text.
   *
   * @param dimension the dimension, one of text
   * @param prefix how they begin; no character has a special meaning
   */
  record Prefix(Dimension dimension, String prefix) implements Condition {
    /** Checks that nothing is missing. */
    public Prefix {
      Objects.requireNonNull(prefix, dimension.column());
    }

    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return "startsWith(%s, %s)"
          .formatted(dimension.column(), rendering.bind(dimension.column(), "String", prefix));
    }

    @Override
    public double share(double distinct) {
      return Math.pow(0.1, Math.min(prefix.length(), Math.log10(distinct)));
    }

    @Override
    public boolean namesValues() {
      return false;
    }
  }

  /**
   * One of the values that a subquery names.
   *
   * @param dimension the dimension, one of text
   * @param subquery its name; it has one column of the dimension's name
   */
  record Among(Dimension dimension, String subquery) implements Condition {
    private static final double SHARE = 0.1;

    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return "%1$s IN (SELECT %1$s FROM %2$s)".formatted(dimension.column(), subquery);
    }

    @Override
    public double share(double distinct) {
      return SHARE;
    }
  }

  /**
   * The months of a subquery that tells the {@code first} day and the day {@code after} the last.
   *
   * @param dimension the month, or the date
   * @param subquery its name
   * @param months about how many months these are
   */
  record InMonths(Dimension dimension, String subquery, int months) implements Condition {
    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return "%1$s >= (SELECT first FROM %2$s) AND %1$s < (SELECT after FROM %2$s)"
          .formatted(dimension.column(), subquery);
    }

    @Override
    public Condition in(Table table) {
      return table.hasColumn(dimension.column())
          ? this
          : new InMonths(Dimension.DATE, subquery, months);
    }

    @Override
    public double share(double distinct) {
      return Math.min(1, months / distinct);
    }

    @Override
    public boolean namesValues() {
      return false;
    }
  }

  /**
   * Versions by PEP 440.
   *
   * @param specifier which versions
   * @param preReleases whether pre-releases are among them
   */
  record Satisfies(VersionSpecifier specifier, PreReleases preReleases) implements Condition {
    /** Nobody knows how many versions a specifier lets in. */
    private static final double SHARE = 0.5;

    /** Checks that nothing is missing. */
    public Satisfies {
      Objects.requireNonNull(specifier, "specifier");
      Objects.requireNonNull(preReleases, "preReleases");
    }

    @Override
    public Dimension dimension() {
      return Dimension.VERSION;
    }

    /** Returns what the rule comes to where it depends on the specifier alone. */
    PreReleases effectivePreReleases() {
      boolean named = specifier.clauses().stream().anyMatch(VersionClause::namesPreRelease);
      return preReleases == PreReleases.BY_RULE && named ? PreReleases.INCLUDE : preReleases;
    }

    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return VersionSql.of(this, together, rendering);
    }

    @Override
    public double share(double distinct) {
      return SHARE;
    }
  }

  /**
   * Days or months, both ends included.
   *
   * @param dimension the date or the month
   * @param first the first day; what ClickHouse's type {@code Date} cannot hold has no downloads
   * @param last the last day
   */
  record Between(Dimension dimension, LocalDate first, LocalDate last) implements Condition {
    private static final LocalDate EARLIEST = LocalDate.EPOCH;
    private static final LocalDate LATEST = LocalDate.of(2149, 6, 6);

    /** Cuts the days to those that ClickHouse can hold. */
    public Between {
      first = clamp(first);
      last = clamp(last);
    }

    private static LocalDate clamp(LocalDate day) {
      return day.isBefore(EARLIEST) ? EARLIEST : day.isAfter(LATEST) ? LATEST : day;
    }

    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return "%s BETWEEN %s AND %s"
          .formatted(dimension.column(), first(rendering), last(rendering));
    }

    /** Returns the first day as SQL. */
    public String first(Rendering rendering) {
      return rendering.bind("first_" + unit(), "Date", first);
    }

    /** Returns the last day as SQL. */
    public String last(Rendering rendering) {
      return rendering.bind("last_" + unit(), "Date", last);
    }

    /** Whole months can be told from a table that knows no days. */
    @Override
    public Condition in(Table table) {
      boolean wholeMonths =
          first.getDayOfMonth() == 1 && last.getDayOfMonth() == last.lengthOfMonth();
      return dimension == Dimension.DATE
              && wholeMonths
              && !table.hasColumn(Dimension.DATE.column())
              && table.hasColumn(Dimension.MONTH.column())
          ? new Between(Dimension.MONTH, first, last.withDayOfMonth(1))
          : this;
    }

    private String unit() {
      return dimension == Dimension.DATE ? "day" : dimension.name().toLowerCase(Locale.ROOT);
    }

    /** Returns how many days that is. */
    public long days() {
      return ChronoUnit.DAYS.between(first, last) + 1;
    }

    @Override
    public double share(double distinct) {
      double length =
          dimension == Dimension.DATE ? days() : ChronoUnit.MONTHS.between(first, last) + 1;
      return Math.min(1, length / distinct);
    }

    @Override
    public boolean namesValues() {
      return first.equals(last);
    }
  }

  /**
   * The newest days loaded, of whatever project.
   *
   * @param days how many; 1 to 65535
   */
  record LastDays(int days) implements Condition {
    /** Checks the range. */
    public LastDays {
      days = Limits.days(days);
    }

    @Override
    public Dimension dimension() {
      return Dimension.DATE;
    }

    @Override
    public String render(Rendering rendering, List<Condition> together) {
      return "%s >= (SELECT %s FROM %s)"
          .formatted(dimension().column(), firstDay(rendering), rendering.loadedDays().table());
    }

    /** Returns the first of the days as SQL over the table of the days that are loaded. */
    public String firstDay(Rendering rendering) {
      // A Date32 can count back beyond 1970, where a Date would begin again in 2149.
      return "toDate32(%s) + 1 - %s"
          .formatted(rendering.loadedDays().newest(), rendering.bind("days", "UInt16", days));
    }

    @Override
    public double share(double distinct) {
      return Math.min(1, days / distinct);
    }

    @Override
    public boolean namesValues() {
      return false;
    }
  }
}
