package io.clickpy.examples.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProjectNamesTest {
  @Test
  void namesAreNormalisedAndEachRankHasItsOwn() {
    List<String> names = IntStream.rangeClosed(1, 20_000).mapToObj(ProjectNames::at).toList();

    assertThat(names)
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("[a-z0-9]+(-[a-z0-9]+)*"));
  }

  @Test
  void theFirstNamesAreReal() {
    assertThat(ProjectNames.at(1)).isEqualTo("boto3");
    assertThat(ProjectNames.at(30)).isEqualTo("pandas");
    assertThat(ProjectNames.at(250)).isEqualTo("aiofiles");
    assertThat(ProjectNames.at(251)).endsWith("-251");
  }
}
