package io.clickpy.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Java code in a document.
 *
 * @param source the document and where in it
 * @param code the text between the fences
 */
record Snippet(String source, String code) {
  private static final Pattern MARKDOWN = Pattern.compile("(?ms)^```java\\R(.*?)^```");
  private static final Pattern JAVADOC =
      Pattern.compile("(?s)<pre>\\{@code\\R(.*?)\\s*\\* }</pre>");

  static List<Snippet> inMarkdown(String document, String text) {
    return find(MARKDOWN, document, text);
  }

  static List<Snippet> inJavadoc(String document, String text) {
    return find(JAVADOC, document, text).stream()
        .map(s -> new Snippet(s.source, s.code.replaceAll("(?m)^\\s*\\* ?", "")))
        .toList();
  }

  private static List<Snippet> find(Pattern pattern, String document, String text) {
    List<Snippet> snippets = new ArrayList<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      long line = text.substring(0, matcher.start()).lines().count() + 1;
      snippets.add(new Snippet(document + ":" + line, matcher.group(1)));
    }
    return snippets;
  }

  @Override
  public String toString() {
    return source;
  }
}
