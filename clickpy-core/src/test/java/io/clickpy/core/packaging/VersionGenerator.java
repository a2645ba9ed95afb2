package io.clickpy.core.packaging;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes versions up, spelled at random, of few enough parts that many are close or equal. */
final class VersionGenerator {
  private static final List<List<String>> PRE_RELEASES =
      List.of(
          List.of("a", "alpha", "A", "Alpha"),
          List.of("b", "beta", "BETA"),
          List.of("rc", "c", "pre", "preview", "RC", "PREVIEW"));

  private final Random random;

  VersionGenerator(Random random) {
    this.random = random;
  }

  record Spelled(String text, String normal) {}

  Spelled next() {
    StringBuilder text = new StringBuilder(one("", "", "v", "V", " "));
    StringBuilder normal = new StringBuilder();
    if (perhaps(10)) {
      int epoch = random.nextInt(3);
      text.append(spelled(epoch)).append('!');
      normal.append(epoch == 0 ? "" : epoch + "!");
    }
    List<Integer> release =
        Stream.generate(() -> random.nextInt(3)).limit(1 + random.nextInt(4)).toList();
    text.append(release.stream().map(this::spelled).collect(Collectors.joining(".")));
    normal.append(release.stream().map(Object::toString).collect(Collectors.joining(".")));
    if (perhaps(35)) {
      List<String> words = PRE_RELEASES.get(random.nextInt(PRE_RELEASES.size()));
      suffix(text, normal, words.get(random.nextInt(words.size())), words.get(0));
    }
    if (perhaps(30)) {
      if (perhaps(30)) {
        int number = random.nextInt(3);
        text.append('-').append(spelled(number));
        normal.append(".post").append(number);
      } else {
        suffix(text, normal, one("post", "rev", "r", "POST", "R"), ".post");
      }
    }
    if (perhaps(30)) {
      suffix(text, normal, one("dev", "DEV"), ".dev");
    }
    if (perhaps(20)) {
      text.append("+Ab").append(separator()).append("007");
      normal.append("+ab.7");
    }
    return new Spelled(text + one("", " ", "\n"), normal.toString());
  }

  private void suffix(StringBuilder text, StringBuilder normal, String word, String normalWord) {
    text.append(one("", separator())).append(word);
    int number = random.nextInt(3);
    if (number == 0 && perhaps(50)) {
      // Left out, it is 0. The separator keeps the number of a following "-1" from taking its
      // place.
      text.append('_');
    } else {
      text.append(one("", separator())).append(spelled(number));
    }
    normal.append(normalWord).append(number);
  }

  private String spelled(int number) {
    return one("", "", "", "0", "00") + number;
  }

  private String separator() {
    return one(".", "-", "_");
  }

  private boolean perhaps(int percent) {
    return random.nextInt(100) < percent;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
