package io.clickpy.ingest.bigquery;

import com.google.api.services.bigquery.model.ErrorProto;
import com.google.api.services.bigquery.model.ExportDataStatistics;
import com.google.api.services.bigquery.model.GetQueryResultsResponse;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobCancelResponse;
import com.google.api.services.bigquery.model.JobStatistics;
import com.google.api.services.bigquery.model.JobStatistics2;
import com.google.api.services.bigquery.model.JobStatus;
import com.google.api.services.bigquery.model.TableCell;
import com.google.api.services.bigquery.model.TableDataList;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TableRow;
import com.google.api.services.bigquery.model.TableSchema;
import io.clickpy.ingest.BigQueryRunner;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.OptionalLong;

/** A job of {@link FakeBigQuery}. */
final class FakeJob {
  private final Job job;
  private int polls;
  private long counted;
  private boolean cancelled;

  /** Returns a job that is done when it has been asked for so many times. */
  FakeJob(Job job, int polls) {
    this.job = job;
    this.polls = polls;
  }

  /** Does what the statement says. */
  synchronized Job run(BigQueryRunner statements) {
    String id = job.getJobReference().setLocation("US").getJobId();
    String sql = job.getConfiguration().getQuery().getQuery();
    // The table of the answer is named after the job.
    job.getConfiguration()
        .getQuery()
        .setDestinationTable(
            new TableReference()
                .setProjectId(FakeBigQuery.PROJECT)
                .setDatasetId("anonymous")
                .setTableId(id));
    JobStatistics2 statistics = new JobStatistics2();
    JobStatus status = new JobStatus().setState(polls == 0 ? "DONE" : "RUNNING");
    try {
      if (sql.startsWith("EXPORT DATA")) {
        statistics.setExportDataStatistics(exported(statements.export(sql)));
      } else {
        counted = statements.count(sql);
      }
    } catch (IOException e) {
      status.setErrorResult(new ErrorProto().setReason("invalidQuery").setMessage(e.getMessage()));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e); // The stand-in is closed.
    }
    return job.setStatus(status)
        .setStatistics(
            new JobStatistics().setCreationTime(System.currentTimeMillis()).setQuery(statistics));
  }

  private static ExportDataStatistics exported(OptionalLong rows) {
    return rows.isEmpty()
        ? null
        : new ExportDataStatistics().setFileCount(1L).setRowCount(rows.getAsLong());
  }

  synchronized Job asked() {
    polls--;
    if (polls <= 0) {
      job.getStatus().setState("DONE");
    }
    return job;
  }

  synchronized JobCancelResponse cancel() {
    cancelled = true;
    return new JobCancelResponse().setJob(job);
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  GetQueryResultsResponse results() {
    return new GetQueryResultsResponse()
        .setJobReference(job.getJobReference())
        .setJobComplete(true)
        .setTotalRows(BigInteger.ONE)
        .setSchema(
            new TableSchema()
                .setFields(List.of(new TableFieldSchema().setName("n").setType("INTEGER"))));
  }

  synchronized TableDataList rows() {
    TableRow row = new TableRow().setF(List.of(new TableCell().setV(Long.toString(counted))));
    return new TableDataList().setTotalRows(1L).setRows(List.of(row));
  }
}
