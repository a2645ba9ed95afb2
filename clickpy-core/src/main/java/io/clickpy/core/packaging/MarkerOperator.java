package io.clickpy.core.packaging;

/** How a marker compares. Of two symbols that begin alike, the longer comes first. */
enum MarkerOperator {
  SAME_TEXT("==="),
  EQUAL("=="),
  NOT_EQUAL("!="),
  AT_MOST("<="),
  AT_LEAST(">="),
  COMPATIBLE("~="),
  BELOW("<"),
  ABOVE(">"),
  IN("in"),
  NOT_IN("not in");

  private final String symbol;

  MarkerOperator(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  /** Returns whether it holds of what are no versions; texts have no order. */
  boolean holdsOfTexts(String left, String right) {
    return switch (this) {
      case SAME_TEXT, EQUAL, AT_MOST, AT_LEAST -> left.equals(right);
      case NOT_EQUAL -> !left.equals(right);
      case BELOW, ABOVE, COMPATIBLE -> false;
      case IN -> right.contains(left);
      case NOT_IN -> !right.contains(left);
    };
  }
}
