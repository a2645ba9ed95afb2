package io.clickpy.benchmarks.peers;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.query.GenericRecord;
import io.clickpy.core.Query;
import java.net.URI;
import java.util.List;
import java.util.function.Function;

/** Questions asked through client-v2's {@code queryAll}, as its user is told to. */
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
            .build();
  }

  /** Asks, and reads the whole answer. */
  public <R> List<R> fetch(Query<?> question, Function<GenericRecord, R> decoder) {
    return client.queryAll(question.sql(), question.parameters()).stream().map(decoder).toList();
  }

  @Override
  public void close() {
    client.close();
  }
}
