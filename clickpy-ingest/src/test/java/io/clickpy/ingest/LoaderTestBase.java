package io.clickpy.ingest;

import io.clickpy.core.ClickPy;
import io.clickpy.core.TestServer;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tables to load into, and a folder to load from. */
abstract class LoaderTestBase {
  @TempDir Path folder;
  final ClickPy clickpy = TestServer.connectToEmptyDatabase();

  @BeforeEach
  void createTables() {
    Tables.create(clickpy);
  }

  @AfterEach
  void dropTables() {
    TestServer.dropAndClose(clickpy);
  }

  LoadReport load(Path... paths) {
    return loader(paths).load();
  }

  ParquetLoader loader(Path... paths) {
    ParquetLoader loader = ParquetLoader.into(clickpy);
    for (Path path : paths) {
      loader = loader.from(ParquetSource.local(path));
    }
    return loader;
  }

  Path file(String name) {
    return folder.resolve(name + ".parquet");
  }

  /** Downloads of a few days, with NULLs where exports have them; always the same. */
  static List<Download> downloads(int count) {
    Random random = new Random(count);
    List<Download> downloads = new ArrayList<>();
    Instant start = Instant.parse("2024-08-11T22:00:00Z");
    for (int i = 0; i < count; i++) {
      downloads.add(
          new Download(
              start.plusSeconds(random.nextInt(4 * 86_400)),
              pick(random, "US", "DE", "JP", "", null),
              pick(random, "pandas", "boto3", "Flask_Login", "zope.interface"),
              pick(random, "1.0", "2.0rc1", "1!3.0", null),
              pick(random, "sdist", "bdist_wheel", null),
              pick(random, "pip", "uv", "bandersnatch", null),
              pick(random, "3.12.1", "3.9.10", "2.7", "3", "", null),
              pick(random, "Linux", "Darwin", "Windows", null)));
    }
    return downloads;
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}
