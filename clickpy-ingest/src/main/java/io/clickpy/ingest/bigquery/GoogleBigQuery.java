package io.clickpy.ingest.bigquery;

import com.google.api.client.http.HttpResponseException;
import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.BigQueryOptions;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics;
import com.google.cloud.bigquery.JobStatistics.QueryStatistics.ExportDataStats;
import com.google.cloud.bigquery.JobStatus;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.CheckReturnValue;
import io.clickpy.ingest.BigQueryRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Runs statements in BigQuery by Google's client, each as a job of its own.
 *
 * <pre>{@code
 * import io.clickpy.ingest.bigquery.GoogleBigQuery;
 *
 * BigQueryRunner bigQuery = GoogleBigQuery.ofDefaults();
 * bigQuery.export(BigQueryExport.to("gs://my-bucket/downloads/august").sql());
 * }</pre>
 *
 * <p>The client tries again what may pass, as its settings say; {@link #of(BigQuery)} takes one
 * with settings of your own. Jobs have names of ours, so that a request which is repeated begins no
 * second job. A job that nobody waits for any more, because the thread was interrupted or BigQuery
 * does not answer, is asked to stop.
 *
 * <p>Immutable and thread-safe.
 */
@CheckReturnValue
public final class GoogleBigQuery implements BigQueryRunner {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final int MOST_ATTEMPTS = 4;

  private final BigQuery client;

  private GoogleBigQuery(BigQuery client) {
    this.client = client;
  }

  /**
   * Returns a runner with the usual credentials and project: those that {@code
   * GOOGLE_APPLICATION_CREDENTIALS} and {@code GOOGLE_CLOUD_PROJECT} name, gcloud's, or the
   * machine's own.
   *
   * @throws IllegalArgumentException if there is no project
   */
  public static GoogleBigQuery ofDefaults() {
    return of(BigQueryOptions.getDefaultInstance().getService());
  }

  /** Returns a runner by a client of the caller's, whose project is billed. */
  public static GoogleBigQuery of(BigQuery client) {
    return new GoogleBigQuery(Objects.requireNonNull(client, "client"));
  }

  @Override
  public OptionalLong export(String sql) throws IOException, InterruptedException {
    QueryStatistics statistics = run(sql).getStatistics();
    ExportDataStats exported = statistics.getExportDataStats();
    return exported == null || exported.getRowCount() == null
        ? OptionalLong.empty()
        : OptionalLong.of(exported.getRowCount());
  }

  @Override
  public long count(String sql) throws IOException, InterruptedException {
    Job job = run(sql);
    return call(() -> job.getQueryResults().iterateAll().iterator().next().get(0).getLongValue());
  }

  private Job run(String sql) throws IOException, InterruptedException {
    Job job = finished(JobId.of("clickpy-" + UUID.randomUUID()), sql);
    BigQueryError error = job.getStatus().getError();
    if (error != null) {
      throw new IOException("job %s: %s".formatted(job.getJobId().getJob(), error.getMessage()));
    }
    return job;
  }

  private Job finished(JobId name, String sql) throws IOException, InterruptedException {
    JobId id = name;
    try {
      Job job = begin(JobInfo.of(id, QueryJobConfiguration.of(sql)));
      id = job.getJobId(); // It tells the location, too.
      for (Duration pause = FIRST_PAUSE; !isDone(job); pause = longer(pause)) {
        Thread.sleep(pause.toMillis());
        job = find(id);
      }
      return job;
    } catch (IOException | InterruptedException e) {
      cancel(id, e);
      throw e;
    }
  }

  /**
   * The client does not repeat this by itself; it finds a job of the name that is there already.
   */
  private Job begin(JobInfo job) throws IOException, InterruptedException {
    Duration pause = FIRST_PAUSE;
    for (int attempt = 1; ; attempt++) {
      try {
        return call(() -> client.create(job));
      } catch (IOException e) {
        if (attempt == MOST_ATTEMPTS || !mayPass(e)) {
          throw e;
        }
        Thread.sleep(pause.toMillis());
        pause = longer(pause);
      }
    }
  }

  private static boolean mayPass(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpResponseException answer) {
        return answer.getStatusCode() >= 500;
      }
    }
    return true; // There was no answer.
  }

  private static boolean isDone(Job job) {
    return job.getStatus() != null && JobStatus.State.DONE.equals(job.getStatus().getState());
  }

  private static Duration longer(Duration pause) {
    Duration next = pause.multipliedBy(2);
    return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
  }

  private Job find(JobId id) throws IOException {
    Job job = call(() -> client.getJob(id));
    if (job == null) {
      throw new IOException("job %s has vanished".formatted(id.getJob()));
    }
    return job;
  }

  private void cancel(JobId id, Exception reason) {
    try {
      call(() -> client.cancel(id));
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  /**
   * Calls the client in a thread that nobody interrupts, and waits: the client takes an interrupt
   * for a failure, and a timeout for an interrupt.
   */
  @CanIgnoreReturnValue
  private static <T> T call(Callable<T> request) throws IOException {
    CompletableFuture<T> answer = new CompletableFuture<>();
    Thread thread = new Thread(() -> answer(request, answer), "clickpy-bigquery");
    thread.setDaemon(true);
    thread.start();
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof BigQueryException failure) {
        throw new IOException(failure.getMessage(), failure);
      }
      throw e;
    }
  }

  private static <T> void answer(Callable<T> request, CompletableFuture<T> answer) {
    try {
      answer.complete(request.call());
    } catch (Exception | Error e) {
      answer.completeExceptionally(e);
    }
  }
}
