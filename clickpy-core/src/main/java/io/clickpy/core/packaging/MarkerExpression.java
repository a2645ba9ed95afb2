package io.clickpy.core.packaging;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The condition of a {@link Marker}. */
sealed interface MarkerExpression
    permits MarkerComparison, MarkerExpression.All, MarkerExpression.Any {

  /** Returns whether the condition holds, given which comparisons do. */
  boolean holds(Predicate<MarkerComparison> comparison);

  Stream<MarkerComparison> comparisons();

  /** Several, of which each must hold; none of them is such a conjunction itself. */
  record All(List<MarkerExpression> parts) implements MarkerExpression {
    static MarkerExpression of(List<MarkerExpression> parts) {
      List<MarkerExpression> flat =
          parts.stream()
              .flatMap(part -> part instanceof All all ? all.parts.stream() : Stream.of(part))
              .toList();
      return flat.size() == 1 ? flat.get(0) : new All(flat);
    }

    @Override
    public boolean holds(Predicate<MarkerComparison> comparison) {
      return parts.stream().allMatch(part -> part.holds(comparison));
    }

    @Override
    public Stream<MarkerComparison> comparisons() {
      return parts.stream().flatMap(MarkerExpression::comparisons);
    }

    @Override
    public String toString() {
      return parts.stream()
          .map(part -> part instanceof Any ? "(" + part + ")" : part.toString())
          .collect(Collectors.joining(" and "));
    }
  }

  /** Several, of which one must hold; none of them is such a disjunction itself. */
  record Any(List<MarkerExpression> parts) implements MarkerExpression {
    static MarkerExpression of(List<MarkerExpression> parts) {
      List<MarkerExpression> flat =
          parts.stream()
              .flatMap(part -> part instanceof Any any ? any.parts.stream() : Stream.of(part))
              .toList();
      return flat.size() == 1 ? flat.get(0) : new Any(flat);
    }

    @Override
    public boolean holds(Predicate<MarkerComparison> comparison) {
      return parts.stream().anyMatch(part -> part.holds(comparison));
    }

    @Override
    public Stream<MarkerComparison> comparisons() {
      return parts.stream().flatMap(MarkerExpression::comparisons);
    }

    @Override
    public String toString() {
      return parts.stream().map(MarkerExpression::toString).collect(Collectors.joining(" or "));
    }
  }
}
