package io.clickpy.query.internal;

import java.util.List;

/** The days that a question asks for, as far as they are loaded. */
public final class AskedDays {
  private AskedDays() {}

  /** Returns the subquery {@code days}: one row {@code oldest, newest}, none if there are none. */
  public static String subquery(Scope scope, Rendering rendering) {
    LoadedDays loaded = rendering.loadedDays();
    String oldest = loaded.oldest();
    String newest = loaded.newest();
    Condition asked = scope.days().orElse(null);
    if (asked instanceof Condition.Between between) {
      oldest = "greatest(%s, %s)".formatted(oldest, between.first(rendering));
      newest = "least(%s, %s)".formatted(newest, between.last(rendering));
    } else if (asked instanceof Condition.LastDays lastDays) {
      oldest = "toDate(greatest(toDate32(%s), %s))".formatted(oldest, lastDays.firstDay(rendering));
    }
    return SqlText.subquery(
        "days",
        SqlText.select(List.of(oldest + " AS oldest", newest + " AS newest")),
        "FROM " + loaded.table(),
        // Else a database without downloads would have those of 1970.
        "HAVING count() > 0 AND oldest <= newest");
  }
}
