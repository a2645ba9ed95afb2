package io.clickpy.core.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class CountriesTest {
  @Test
  void everyIsoCodeHasAnEnglishName() {
    assertThat(Countries.names())
        .containsKeys(Locale.getISOCountries())
        .containsEntry("DE", "Germany")
        .containsEntry("NA", "Namibia");
  }

  @Test
  void codesThatAreNoCountryHaveNamesToo() {
    assertThat(Countries.names())
        .containsEntry("", "Unknown")
        .containsEntry("EU", "Europe")
        .doesNotContainValue("");
  }
}
