package io.clickpy.examples.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;

/** Reads tables of names and weights: {@code "US 798283 SG 37597"}. */
final class WeightedNames {
  private WeightedNames() {}

  interface Factory<T> {
    T create(String name, double weight);
  }

  /** The entries in their order, in a list of the caller's own. */
  static <T> List<T> parse(String table, Factory<T> factory) {
    Scanner words = new Scanner(table);
    List<T> entries = new ArrayList<>();
    while (words.hasNext()) {
      entries.add(factory.create(words.next(), Double.parseDouble(words.next())));
    }
    return entries;
  }
}
