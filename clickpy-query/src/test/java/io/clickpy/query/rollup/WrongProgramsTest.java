package io.clickpy.query.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a table lacks, or makes no sense for a question, does not compile. */
class WrongProgramsTest {
  @TempDir private Path output;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DownloadsPerDay.query().where(VERSION.is(\"1\"))|Filter<ByVersion>",
        "DownloadsByVersion.query().where(DATE.lastDays(3))|Filter<ByDate>",
        "DownloadsPerDayByVersionBySystem.query().where(PYTHON.startsWith(\"3.\"))|Filter<ByPython>",
        "DownloadsPerDayByVersionByPython.query().groupBy(DATE, COUNTRY)|TextField<ByCountry>",
        "DownloadsPerMonth.query().groupBy(DATE)|DateField<ByDate>",
        "DownloadsPerDay.query().groupBy(MONTH)|MonthField<ByMonth>",
        "Downloads.query().orderBy(INSTALLER)|TextField<ByInstaller>",
        "DownloadsMaxMin.query().groupBy(FILE_TYPE)|TextField<ByFileType>",
        "DownloadsMaxMin.query().mostDownloadsFirst()|mostDownloadsFirst",
        "DATE.startsWith(\"2024\")|startsWith",
        "VERSION.lastDays(3)|lastDays",
        "SYSTEM.satisfies(\">=2\")|satisfies",
        "PypiStats.topProjects().version(\"1\")|version",
        "PypiStats.rank(\"pandas\").versions(\">=1\")|versions",
        "PypiStats.hotProjects().lastDays(3)|lastDays",
        "PypiStats.versionAdoption(\"pandas\", \"1\").allTime()|allTime",
        "PypiStats.versionAdoption(\"pandas\", \"1\").version(\"2\")|version",
        "PypiStats.search(\"pandas\").country(\"DE\")|country",
        "PypiStats.recentReleases(\"pandas\").lastDays(3)|lastDays",
        "new Filter<ByVersion>(null)|Filter",
        "int n = row.value(VERSION)|String",
      })
  void aWrongProgramDoesNotCompile(String statement, String culprit) {
    List<Diagnostic<? extends JavaFileObject>> errors = compile(statement);

    assertThat(errors).hasSize(1);
    assertThat(errors.get(0).getMessage(Locale.ROOT).replace("io.clickpy.query.rollup.", ""))
        .contains(culprit);
  }

  @Test
  void theSameProgramsCompileWhereTheTableHasTheField() {
    assertThat(
            compile(
                """
                DownloadsPerDayByVersion.query().where(VERSION.is("1")).where(DATE.lastDays(3));
                DownloadsPerDayByVersionByPythonByCountry.query()
                    .where(PYTHON.startsWith("3."))
                    .groupBy(DATE, COUNTRY)
                    .mostDownloadsFirst();
                DownloadsPerMonth.query().groupBy(MONTH);
                DownloadsPerDayByVersionByInstallerByType.query().groupBy(FILE_TYPE, INSTALLER);
                String version = row.value(VERSION)"""))
        .isEmpty();
  }

  private List<Diagnostic<? extends JavaFileObject>> compile(String statements) {
    String program =
        """
        import static io.clickpy.query.rollup.Fields.*;
        import io.clickpy.query.PypiStats;
        import io.clickpy.query.rollup.*;
        class Program { void run(GroupedDownloads row) { %s; } }
        """
            .formatted(statements);
    JavaFileObject source =
        new SimpleJavaFileObject(URI.create("string:///Program.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return program;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    List<String> options =
        List.of(
            "-d",
            output.toString(),
            "-proc:none",
            "-classpath",
            System.getProperty("java.class.path"));
    compiler.getTask(null, null, diagnostics, options, null, List.of(source)).call();
    return diagnostics.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .toList();
  }
}
