package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.Query;
import io.clickpy.core.schema.DownloadsTable;
import io.clickpy.ingest.internal.publication.StagedFile;
import io.clickpy.ingest.source.SourceFile;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;

/** The rows of Parquet files. */
final class FileRows implements DayRows {
  private final ClickPy clickpy;
  private final LoadOptions options;
  private final Retries retries;
  private final List<LoadTask> tasks;
  private final DoubleConsumer progress;
  private final EmptyDays empty;

  /**
   * The rows of some files.
   *
   * @param progress hears how much is staged, from 0 to 1
   */
  FileRows(
      ClickPy clickpy,
      LoadOptions options,
      Retries retries,
      List<SourceFile> files,
      EmptyDays empty,
      DoubleConsumer progress) {
    this.clickpy = clickpy;
    this.options = options;
    this.retries = retries;
    Map<String, LoadTask> each = new LinkedHashMap<>();
    files.stream()
        .map(file -> LoadTask.of(each.size(), file))
        .forEach(task -> each.putIfAbsent(task.unit().id(), task));
    this.tasks = List.copyOf(each.values());
    this.empty = empty;
    this.progress = progress;
  }

  @Override
  public String id() {
    String all =
        tasks.stream()
            .map(task -> task.unit().id())
            .sorted()
            .collect(Collectors.joining(" ", "", " " + options.filter() + " " + options.reading()));
    return "files " + UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public List<StagedFile> stage(Staging staging) {
    double bytes = Math.max(1, tasks.stream().mapToLong(task -> task.unit().bytes()).sum());
    double done = 0;
    Map<OpenedFile, Set<String>> parts = new LinkedHashMap<>();
    for (LoadTask task : tasks) {
      double before = done / bytes;
      double share = task.unit().bytes() / bytes;
      try {
        OpenedFile file = OpenedFile.of(task, options);
        DoubleConsumer ofFile = fraction -> progress.accept(before + share * fraction);
        parts.put(file, staging.insert(file.content(), options.staging(), retries, ofFile));
      } catch (ClickPyException e) {
        throw cannotRead(task, e);
      }
      done += task.unit().bytes();
    }
    Sifted sifted = staging.sift();
    List<StagedFile> files = new ArrayList<>();
    parts.forEach((file, ofFile) -> files.add(sifted.file(file.unit(), file.rows(), ofFile)));
    return files;
  }

  private static ClickPyException cannotRead(LoadTask task, ClickPyException e) {
    return new ClickPyException(
        e.code(),
        "Cannot replace days by %s (%s) Nothing was changed."
            .formatted(task.unit().uri(), e.getMessage()),
        e,
        e.isRetryable(),
        e.queryId().orElse(null));
  }

  @Override
  public void requireFit(List<LocalDate> days, DownloadsTable staged, long rows) {
    if (rows == 0 && empty == EmptyDays.REFUSED) {
      throw refused(
          days,
          "the source has no downloads",
          "If the day had none, say so: DayRepair.allowEmpty().");
    }
    String others =
        Query.of(
                "SELECT toString(date) AS day, count() AS n FROM %s WHERE date NOT IN {days:Array(Date)} GROUP BY date ORDER BY date LIMIT 5"
                    .formatted(staged.name()),
                row -> "%d of %s".formatted(row.longValue("n"), row.string("day")))
            .bind("days", days)
            .limits(DayContent.PATIENT)
            .fetch(clickpy)
            .stream()
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      throw refused(
          days,
          "the source has downloads of other days: " + others,
          "Export exactly the day, in UTC.");
    }
  }

  private static ClickPyException refused(List<LocalDate> days, String reason, String wayOut) {
    return new ClickPyException(
        ErrorCode.INVALID_DATA,
        "Cannot replace %s (%s). Nothing was changed. %s"
            .formatted(DayTotals.text(days), reason, wayOut));
  }
}
