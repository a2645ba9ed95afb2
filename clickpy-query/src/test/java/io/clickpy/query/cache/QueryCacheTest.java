package io.clickpy.query.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPy;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryCacheTest {

  @Test
  void settingsOutOfRangeAreRefused() {
    try (ClickPy clickpy = ClickPy.connect("http://127.0.0.1:1")) {
      assertThatThrownBy(() -> QueryCache.builder(clickpy).maxRows(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid maxRows: 0 (must be > 0)");
      assertThatThrownBy(() -> QueryCache.builder(clickpy).checkEvery(Duration.ofSeconds(-1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Invalid checkEvery: PT-1S (must be >= 0)");
    }
  }

  @Test
  void whereCaffeineWasLeftOutTheErrorSaysSo() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      if (!entry.contains("caffeine")) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    try (URLClassLoader loader =
        new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
      Class<?> connection = loader.loadClass("io.clickpy.core.ClickPy");
      Object clickpy =
          connection.getMethod("connect", String.class).invoke(null, "http://127.0.0.1:1");
      Class<?> cache = loader.loadClass("io.clickpy.query.cache.QueryCache");

      assertThatThrownBy(() -> cache.getMethod("of", connection).invoke(null, clickpy))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "Cannot cache answers: a library is not on the class path. Add"
                  + " com.github.ben-manes.caffeine:caffeine.");
      connection.getMethod("close").invoke(clickpy);
    }
  }
}
