package io.clickpy.query.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where jackson was left out, an error says what to add; the rest goes on working. */
class MissingLibraryTest {

  @ParameterizedTest
  @CsvSource({
    "csv, Cannot export CSV: a library is not on the class path. Add"
        + " com.fasterxml.jackson.dataformat:jackson-dataformat-csv.",
    "csvForSpreadsheets, Cannot export CSV: a library is not on the class path. Add"
        + " com.fasterxml.jackson.dataformat:jackson-dataformat-csv.",
    "json, Cannot export JSON: a library is not on the class path. Add"
        + " com.fasterxml.jackson.core:jackson-core.",
  })
  void theErrorNamesTheLibrary(String format, String message) throws Exception {
    try (URLClassLoader loader = withoutJackson()) {
      assertThatThrownBy(() -> create(loader, format))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(message);
    }
  }

  @Test
  void markdownNeedsNoLibrary() throws Exception {
    try (URLClassLoader loader = withoutJackson()) {
      assertThat(create(loader, "markdown")).isNotNull();
    }
  }

  private static Object create(ClassLoader loader, String format) throws Exception {
    return loader.loadClass("io.clickpy.query.export.ExportFormat").getMethod(format).invoke(null);
  }

  private static URLClassLoader withoutJackson() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("jackson")) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    return new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }
}
