package io.clickpy.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectNameTest {

  @ParameterizedTest
  @CsvSource({
    "pandas, pandas",
    "Scikit_Learn, scikit-learn",
    "zope.interface, zope-interface",
    "friendly--._.--bard, friendly-bard",
    "PYTHON-DATEUTIL, python-dateutil",
    "İSTANBUL, İstanbul"
  })
  void spellingsOfOneNameAreEqual(String spelling, String normal) {
    assertThat(ProjectName.of(spelling)).isEqualTo(ProjectName.of(normal)).hasToString(normal);
  }

  @Test
  void aLookAlikeLetterStaysItself() {
    String kelvin = "\u212A" + "eras";

    assertThat(ProjectName.of(kelvin).value()).isEqualTo(kelvin);
    assertThat(ProjectName.of(kelvin).isValid()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " pandas", "-pandas", "pandas-", "a b", "ä", "pandas\u0000"})
  void aTextThatNoProjectIsCalledIsNotValid(String text) {
    assertThat(ProjectName.of(text).isValid()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "A.b_c-d", "requests"})
  void aNameOfLettersDigitsAndInnerSeparatorsIsValid(String text) {
    assertThat(ProjectName.of(text).isValid()).isTrue();
  }
}
