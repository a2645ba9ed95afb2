package io.clickpy.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collector;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every piece of Java in the README, the docs and the Javadoc compiles. */
class SnippetsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static List<Snippet> snippets() throws IOException {
    List<Snippet> snippets = new ArrayList<>();
    for (Path document : files(".md")) {
      String text = Files.readString(document);
      snippets.addAll(Snippet.inMarkdown(ROOT.relativize(document).toString(), text));
    }
    for (Path source : files(".java")) {
      if (source.toString().contains("/src/main/java/")) {
        String text = Files.readString(source);
        snippets.addAll(Snippet.inJavadoc(ROOT.relativize(source).toString(), text));
      }
    }
    assertThat(snippets).isNotEmpty();
    return snippets;
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> paths = Files.walk(ROOT)) {
      return paths
          .filter(path -> path.toString().endsWith(ending))
          .filter(path -> !ROOT.relativize(path).toString().matches("(.*/)?(target|\\.git)/.*"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("snippets")
  void compiles(Snippet snippet, @TempDir Path output) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-d",
            output.toString(),
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"));

    boolean compiled =
        compiler
            .getTask(messages, null, null, options, null, List.of(compilationUnit(snippet)))
            .call();

    assertThat(compiled).as(snippet + " does not compile:\n" + messages).isTrue();
  }

  private static JavaFileObject compilationUnit(Snippet snippet) {
    String imports =
        snippet.code().lines().filter(line -> line.startsWith("import ")).collect(joined());
    String body =
        snippet.code().lines().filter(line -> !line.startsWith("import ")).collect(joined());
    boolean isType = body.stripLeading().matches("(?s)(public )?(final )?class .*");
    String code =
        imports
            + standardImports()
            + (isType
                ? body
                : // A fragment may take a connection for granted, or declare its own.
                "class Snippet { ClickPy clickpy; void run() throws Exception {\n"
                    + body
                    + "\n} }");
    return new SimpleJavaFileObject(
        URI.create("string:///Snippet.java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return code;
      }
    };
  }

  /** A whole program names its imports; a fragment may leave them out. */
  private static String standardImports() {
    return Stream.of(
            "io.clickpy.core",
            "io.clickpy.core.access",
            "io.clickpy.core.country",
            "io.clickpy.core.schema",
            "io.clickpy.core.migrate",
            "io.clickpy.core.packaging",
            "io.clickpy.embedded",
            "io.clickpy.ingest",
            "io.clickpy.ingest.source",
            "io.clickpy.query",
            "io.clickpy.query.cache",
            "io.clickpy.query.export",
            "io.clickpy.query.project",
            "io.clickpy.query.projects",
            "io.clickpy.query.text",
            "io.clickpy.examples.sample",
            "io.clickpy.examples.text",
            "java.io",
            "java.net",
            "java.nio.file",
            "java.time",
            "java.util",
            "java.util.stream")
        .map(name -> "import " + name + ".*;")
        .collect(joined());
  }

  private static Collector<CharSequence, ?, String> joined() {
    return Collectors.joining("\n", "", "\n");
  }
}
