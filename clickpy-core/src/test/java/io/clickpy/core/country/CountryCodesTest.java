package io.clickpy.core.country;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class CountryCodesTest {
  @Test
  void everyIsoCodeHasAnEnglishName() {
    assertThat(CountryCodes.names())
        .containsKeys(Locale.getISOCountries())
        .containsEntry("DE", "Germany")
        .containsEntry("NA", "Namibia");
  }

  @Test
  void codesThatAreNoCountryHaveNamesToo() {
    assertThat(CountryCodes.names())
        .containsEntry("", "Unknown")
        .containsEntry("EU", "Europe")
        .doesNotContainValue("");
  }
}
