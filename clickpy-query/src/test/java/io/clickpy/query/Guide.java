package io.clickpy.query;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The questions that {@code docs/guide/querying.md} shows with their SQL. */
final class Guide {
  private static final Path FILE = Path.of("..", "docs", "guide", "querying.md");
  private static final Pattern QUESTION =
      Pattern.compile(
          "(?s)```java\\R((?:(?!```).)*?)\\R```\\s+```sql\\R(.*?)\\R?```\\s+> ([^\\n]*)");

  private Guide() {}

  /**
   * A question of the guide.
   *
   * @param question what the Java declares as {@code question}
   * @param sql the SQL below it
   * @param plan the table that is read, and why, below that
   */
  record Example(StatsQuery<?> question, String sql, String plan) {
    @Override
    public String toString() {
      return sql;
    }
  }

  /** Compiles and runs the Java of each question. */
  static List<Example> examples(Path output) throws Exception {
    List<String> code = new ArrayList<>();
    List<String> sql = new ArrayList<>();
    List<String> plans = new ArrayList<>();
    Matcher matcher = QUESTION.matcher(read());
    while (matcher.find()) {
      code.add(matcher.group(1));
      sql.add(matcher.group(2));
      plans.add(matcher.group(3));
    }
    compile(code, output);
    List<Example> examples = new ArrayList<>();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {output.toUri().toURL()})) {
      for (int i = 0; i < code.size(); i++) {
        Class<?> type = loader.loadClass("Example" + i);
        Object question = type.getMethod("question").invoke(null);
        examples.add(new Example((StatsQuery<?>) question, sql.get(i), plans.get(i)));
      }
    }
    return examples;
  }

  /** Writes SQL and plan of each question, as they are now, in the place of the old. */
  static void update(List<Example> examples) throws IOException {
    String text = read();
    for (Example example : examples) {
      String now = planOf(example.question());
      text =
          text.replace(shown(example.sql(), example.plan()), shown(example.question().sql(), now));
    }
    Files.writeString(FILE, text);
  }

  private static String shown(String sql, String plan) {
    return sql + "\n```\n\n> " + plan + "\n";
  }

  /** Returns which table is read, and why. */
  static String planOf(StatsQuery<?> question) {
    return question.plan().toString().lines().findFirst().orElseThrow();
  }

  private static String read() {
    try {
      return Files.readString(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compile(List<String> code, Path output) {
    List<JavaFileObject> sources = new ArrayList<>();
    for (int i = 0; i < code.size(); i++) {
      sources.add(source("Example" + i, code.get(i)));
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            output.toString(),
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"));
    if (!compiler.getTask(messages, null, null, options, null, sources).call()) {
      throw new AssertionError(messages.toString());
    }
  }

  private static JavaFileObject source(String name, String code) {
    String imports =
        code.lines().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
    String body =
        code.lines().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    String program =
        """
        import io.clickpy.core.*;
        import io.clickpy.query.*;
        import java.time.*;
        %s
        public class %s {
          public static StatsQuery<?> question() {
            %s
            return question;
          }
        }
        """
            .formatted(imports, name, body);
    return new SimpleJavaFileObject(
        URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return program;
      }
    };
  }
}
