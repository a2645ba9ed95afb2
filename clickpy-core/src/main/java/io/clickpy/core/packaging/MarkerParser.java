package io.clickpy.core.packaging;

import io.clickpy.core.packaging.MarkerComparison.Order;
import java.util.ArrayList;
import java.util.List;

/** Reads an environment marker, alone or within a requirement. */
final class MarkerParser {
  /** No stack runs over, whatever a stranger writes. */
  private static final int MOST_PARENTHESES = 100;

  private final TextCursor cursor;
  private int open;

  private MarkerParser(TextCursor cursor) {
    this.cursor = cursor;
  }

  /** Reads the marker ahead and the spaces around it. */
  static Marker read(TextCursor cursor) {
    return new Marker(new MarkerParser(cursor).disjunction());
  }

  private MarkerExpression disjunction() {
    List<MarkerExpression> parts = new ArrayList<>();
    do {
      parts.add(conjunction());
    } while (acceptWord("or"));
    return MarkerExpression.Any.of(parts);
  }

  private MarkerExpression conjunction() {
    List<MarkerExpression> parts = new ArrayList<>();
    do {
      parts.add(term());
    } while (acceptWord("and"));
    return MarkerExpression.All.of(parts);
  }

  private MarkerExpression term() {
    cursor.skipSpaces();
    MarkerExpression term = cursor.accept('(') ? parenthesised() : comparison();
    cursor.skipSpaces();
    return term;
  }

  private MarkerExpression parenthesised() {
    open++;
    if (open > MOST_PARENTHESES) {
      throw cursor.error("more than " + MOST_PARENTHESES + " parentheses are open");
    }
    MarkerExpression inner = disjunction();
    cursor.expect(')');
    open--;
    return inner;
  }

  private MarkerComparison comparison() {
    if (atQuote()) {
      String literal = literal();
      MarkerOperator operator = operator();
      return comparison(variable(), operator, literal, Order.LITERAL_FIRST);
    }
    MarkerVariable variable = variable();
    MarkerOperator operator = operator();
    if (!atQuote()) {
      throw cursor.unexpected("a quoted text");
    }
    return comparison(variable, operator, literal(), Order.VARIABLE_FIRST);
  }

  private MarkerComparison comparison(
      MarkerVariable variable, MarkerOperator operator, String literal, Order order) {
    if (operator == MarkerOperator.COMPATIBLE && !variable.isVersion()) {
      throw cursor.error("~= compares versions, and " + variable.symbol() + " is none");
    }
    return new MarkerComparison(variable, operator, literal, order);
  }

  private boolean atQuote() {
    return cursor.at('"') || cursor.at('\'');
  }

  private String literal() {
    char quote = cursor.at('"') ? '"' : '\'';
    cursor.expect(quote);
    String literal = cursor.takeWhile(c -> c != quote);
    cursor.expect(quote);
    return literal;
  }

  private MarkerVariable variable() {
    int start = cursor.position();
    return MarkerVariable.find(word())
        .orElseThrow(
            () -> {
              cursor.returnTo(start);
              return cursor.unexpected("a variable such as python_version");
            });
  }

  private MarkerOperator operator() {
    cursor.skipSpaces();
    MarkerOperator operator = isWordAhead() ? operatorOfWords() : operatorOfSigns();
    cursor.skipSpaces();
    return operator;
  }

  private MarkerOperator operatorOfWords() {
    if (acceptWord("in")) {
      return MarkerOperator.IN;
    }
    int start = cursor.position();
    if (acceptWord("not")) {
      cursor.skipSpaces();
      if (acceptWord("in")) {
        return MarkerOperator.NOT_IN;
      }
    }
    cursor.returnTo(start);
    throw unexpectedOperator();
  }

  private MarkerOperator operatorOfSigns() {
    for (MarkerOperator operator : MarkerOperator.values()) {
      if (cursor.accept(operator.symbol())) {
        return operator;
      }
    }
    throw unexpectedOperator();
  }

  private IllegalArgumentException unexpectedOperator() {
    return cursor.unexpected("one of == != <= >= < > ~= === in, not in");
  }

  private boolean isWordAhead() {
    int start = cursor.position();
    boolean isWord = !word().isEmpty();
    cursor.returnTo(start);
    return isWord;
  }

  private boolean acceptWord(String word) {
    int start = cursor.position();
    if (word().equals(word)) {
      return true;
    }
    cursor.returnTo(start);
    return false;
  }

  private String word() {
    return cursor.takeWhile(c -> Ascii.isLetterOrDigit(c) || c == '_' || c == '.');
  }
}
