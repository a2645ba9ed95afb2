package io.clickpy.core.country;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The codes that downloads hold and their names in English: ISO 3166 as the JDK knows it, and what
 * else stands where a country's code does.
 */
public final class CountryCodes {
  private static final Map<String, String> OTHERS =
      Map.of(
          "", "Unknown",
          "A1", "Anonymous proxy",
          "A2", "Satellite provider",
          "AP", "Asia-Pacific",
          "EU", "Europe",
          "T1", "Tor network",
          "XK", "Kosovo",
          "XX", "Unknown");

  private CountryCodes() {}

  /** Returns all names by code, the empty code among them. */
  public static Map<String, String> names() {
    Map<String, String> names = new TreeMap<>(OTHERS);
    for (String code : Locale.getISOCountries()) {
      Locale country = new Locale.Builder().setRegion(code).build();
      names.put(code, country.getDisplayCountry(Locale.ENGLISH));
    }
    return Collections.unmodifiableMap(names);
  }

  /** Returns the names of the codes that ISO 3166 has not assigned. */
  static Map<String, String> others() {
    return OTHERS;
  }
}
