package io.clickpy.benchmarks.peers;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.metadata.DefaultColumnToMethodMatchingStrategy;
import com.clickhouse.client.api.query.GenericRecord;
import io.clickpy.core.Download;
import io.clickpy.core.Query;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** Questions asked through client-v2's {@code queryAll}, and rows inserted as its objects. */
public final class DriverRecords implements AutoCloseable {
  private final Client client;

  /** Connects to a database. */
  public DriverRecords(URI endpoint, String database) {
    client =
        new Client.Builder()
            .addEndpoint(endpoint.toString())
            .setUsername("default")
            .setPassword("")
            .setDefaultDatabase(database)
            .columnToMethodMatchingStrategy(new AnyLocale())
            .build();
  }

  /** Asks, and reads the whole answer. */
  public <R> List<R> fetch(Query<?> question, Function<GenericRecord, R> decoder) {
    return client.queryAll(question.sql(), question.parameters()).stream().map(decoder).toList();
  }

  /** Inserts downloads into the raw table, a list at a time. */
  public void insert(List<Download> downloads, int batchRows) throws Exception {
    client.register(PypiRow.class, client.getTableSchema(ClickPySchema.RAW));
    InsertSettings settings = new InsertSettings();
    settings.serverSetting("async_insert", "0");
    for (int i = 0; i < downloads.size(); i += batchRows) {
      List<PypiRow> batch =
          downloads.subList(i, Math.min(downloads.size(), i + batchRows)).stream()
              .map(PypiRow::new)
              .toList();
      client.insert(ClickPySchema.RAW, batch, settings).get().close();
    }
  }

  @Override
  public void close() {
    client.close();
  }

  /**
   * The driver lowers names in the default locale, where a Turkish {@code I} stays no {@code i}.
   */
  private static final class AnyLocale extends DefaultColumnToMethodMatchingStrategy {
    @Override
    public String normalizeMethodName(String method) {
      return super.normalizeMethodName(method).replace('ı', 'i');
    }
  }
}
