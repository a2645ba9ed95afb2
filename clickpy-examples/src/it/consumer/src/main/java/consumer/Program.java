package consumer;

import io.clickpy.core.ClickPy;
import io.clickpy.core.migrate.SchemaMigrator;
import io.clickpy.embedded.EmbeddedClickHouse;
import io.clickpy.ingest.LoadReport;
import io.clickpy.ingest.ParquetLoader;
import io.clickpy.ingest.source.ParquetSource;
import io.clickpy.query.DailyDownloads;
import io.clickpy.query.PypiStats;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/** The program that the design promises, as it stands there. */
final class Program {
  private Program() {}

  public static void main(String[] args) {
    try (EmbeddedClickHouse server = EmbeddedClickHouse.start();
        ClickPy clickpy = ClickPy.connect(server.endpoint())) {

      SchemaMigrator.of(clickpy).migrate();

      LoadReport report = ParquetLoader.into(clickpy)
          .from(ParquetSource.local(Path.of("downloads")))
          .load();

      List<DailyDownloads> days = PypiStats.downloadsPerDay("pandas")
          .between(LocalDate.of(2024, 8, 12), LocalDate.of(2024, 8, 20))
          .fetch(clickpy);

      System.out.println(report + " " + days);
    }
  }
}
