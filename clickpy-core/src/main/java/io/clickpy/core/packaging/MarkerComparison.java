package io.clickpy.core.packaging;

import io.clickpy.core.ProjectName;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A variable of the environment beside a text. */
record MarkerComparison(
    MarkerVariable variable, MarkerOperator operator, String literal, Order order)
    implements MarkerExpression {

  /** Which side stands on the left, as it matters to {@code in} and {@code <}. */
  enum Order {
    VARIABLE_FIRST,
    LITERAL_FIRST
  }

  boolean isOfExtra() {
    return variable == MarkerVariable.EXTRA;
  }

  /** The text as an extra is compared. */
  String normalLiteral() {
    return ProjectName.of(literal).value();
  }

  boolean evaluate(Map<String, String> environment) {
    String value = value(environment);
    String text = isOfExtra() ? normalLiteral() : literal;
    return order == Order.VARIABLE_FIRST ? holds(value, text) : holds(text, value);
  }

  private String value(Map<String, String> environment) {
    String value = environment.get(variable.symbol());
    if (isOfExtra()) {
      return value == null ? "" : ProjectName.of(value).value();
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "Cannot evaluate marker: %s (the environment has no %s). Add it to the environment."
              .formatted(TextCursor.shown(toString()), variable.symbol()));
    }
    return value;
  }

  private boolean holds(String left, String right) {
    if (variable.isVersion()) {
      Optional<VersionClause> clause = VersionSpecifierParser.tryClause(operator.symbol() + right);
      if (clause.isPresent()) {
        return PackageVersion.tryParse(left)
            .map(clause.get()::matches)
            .orElse(operator == MarkerOperator.SAME_TEXT && left.equals(right));
      }
    }
    if (operator == MarkerOperator.COMPATIBLE) {
      throw new IllegalArgumentException(
          "Cannot evaluate marker: %s (~= compares versions). Write one of two numbers or more."
              .formatted(TextCursor.shown(toString())));
    }
    return operator.holdsOfTexts(left, right);
  }

  @Override
  public boolean holds(Predicate<MarkerComparison> comparison) {
    return comparison.test(this);
  }

  @Override
  public Stream<MarkerComparison> comparisons() {
    return Stream.of(this);
  }

  @Override
  public String toString() {
    char quote = literal.indexOf('"') < 0 ? '"' : '\'';
    String quoted = quote + literal + quote;
    return order == Order.VARIABLE_FIRST
        ? variable.symbol() + " " + operator.symbol() + " " + quoted
        : quoted + " " + operator.symbol() + " " + variable.symbol();
  }
}
