package io.clickpy.benchmarks;

import com.clickhouse.client.api.data_formats.RowBinaryWithNamesAndTypesFormatReader;
import com.clickhouse.client.api.data_formats.internal.BinaryStreamReader;
import com.clickhouse.client.api.query.QuerySettings;
import io.clickpy.benchmarks.peers.RowBinaryInput;
import io.clickpy.core.internal.RowBinaryReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What does a row of an answer cost to decode: a date, two strings and a count, out of memory? By
 * our reader, by a decoder written by hand that knows the columns, and by the driver's reader.
 *
 * <p>The command is in {@code benchmarks/README.md}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowDecodingBenchmark {
  private static final int ROWS = 10_000;
  private static final String[] NAMES = {"project", "version", "date", "count"};
  private static final String[] TYPES = {"String", "String", "Date", "Int64"};

  /** What a row becomes. */
  private record VersionDay(String project, String version, LocalDate date, long count) {}

  private byte[] withHeader = {};
  private byte[] rows = {};

  /** Writes an answer as the server does. */
  @Setup
  public void write() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < ROWS; i++) {
      text(body, "scikit-learn");
      text(body, "1." + i % 30 + ".0");
      body.write(i % 100);
      body.write(77);
      body.writeBytes(
          ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(i).array());
    }
    rows = body.toByteArray();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(NAMES.length);
    for (String name : NAMES) {
      text(all, name);
    }
    for (String type : TYPES) {
      text(all, type);
    }
    all.writeBytes(rows);
    withHeader = all.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    out.write(text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** Our reader. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void clickpy(Blackhole hole) throws IOException {
    RowBinaryReader row = RowBinaryReader.open(new ByteArrayInputStream(withHeader));
    while (row.next()) {
      hole.consume(
          new VersionDay(
              row.string("project"),
              row.string("version"),
              row.date("date"),
              row.longValue("count")));
    }
  }

  /** The floor. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void byHand(Blackhole hole) throws IOException {
    RowBinaryInput in = new RowBinaryInput(new ByteArrayInputStream(rows));
    while (in.hasRow()) {
      hole.consume(new VersionDay(in.string(), in.string(), in.date(), in.int64()));
    }
  }

  /** The driver's reader, by the names of the columns. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public void driver(Blackhole hole) throws Exception {
    QuerySettings settings =
        new QuerySettings().setUseTimeZone(TimeZone.getTimeZone(ZoneOffset.UTC).getID());
    try (var reader =
        new RowBinaryWithNamesAndTypesFormatReader(
            new ByteArrayInputStream(withHeader),
            settings,
            new BinaryStreamReader.DefaultByteBufferAllocator())) {
      while (reader.next() != null) {
        hole.consume(
            new VersionDay(
                reader.getString("project"),
                reader.getString("version"),
                reader.getLocalDate("date"),
                reader.getLong("count")));
      }
    }
  }
}
