package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.ingest.internal.parquet.BytesRead;
import io.clickpy.ingest.source.ServerRead;
import io.clickpy.ingest.source.SourceFile;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lets the server read the file. What it finds there must be the file that was listed; otherwise
 * the insert fails.
 */
final class ServerPull implements Transfer {
  private static final PulledColumns COLUMNS = new PulledColumns();

  private final SourceFile file;
  private final ServerRead read;
  private final DownloadMapping mapping;

  ServerPull(SourceFile file, ServerRead read, DownloadMapping mapping) {
    this.file = file;
    this.read = read;
    this.mapping = mapping;
  }

  @Override
  public void into(Target target, BytesRead progress) {
    Call call = call();
    Command insert =
        Command.of(
                "INSERT INTO %s (%s) %s FROM %s WHERE throwIf(%s, 'clickpy: another file') = 0"
                    .formatted(
                        target.table(),
                        DownloadMapping.target(),
                        mapping.select(COLUMNS),
                        call.function,
                        call.isAnother))
            .bind("size", file.size())
            .setting("max_insert_threads", target.insertThreads())
            // A folder named a=b is a folder.
            .setting("use_hive_partitioning", "0")
            // By default a server asks ten times for a file that it will not get.
            .setting("http_max_tries", "4");
    for (Map.Entry<String, String> parameter : call.parameters.entrySet()) {
      insert = insert.bind(parameter.getKey(), parameter.getValue());
    }
    Command bound = insert;
    ServerErrors.ofFile(() -> bound.execute(target.clickpy()));
    progress.add(file.size());
  }

  @Override
  public long bytes() {
    return file.size();
  }

  private Call call() {
    if (read instanceof ServerRead.File path) {
      return ofFile(path);
    } else if (read instanceof ServerRead.Url url) {
      return ofUrl(url);
    }
    return ofObject((ServerRead.NamedCollection) read);
  }

  private Call ofFile(ServerRead.File path) {
    requireNoGlob(path.path());
    return new Call(
        "file({path:String}, 'Parquet', '%s')".formatted(mapping.structure(COLUMNS)),
        "_size != {size:UInt64} OR toUnixTimestamp(_time) != toInt64({modified:String})",
        Map.of(
            "path", path.path(),
            "modified", Long.toString(path.lastModified().getEpochSecond())));
  }

  private Call ofUrl(ServerRead.Url url) {
    requireNoGlob(url.url().toString());
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("url", url.url().toString());
    StringBuilder headers = new StringBuilder();
    for (Map.Entry<String, String> header : url.headers().entrySet()) {
      String number = Integer.toString(parameters.size());
      parameters.put("header" + number, header.getValue());
      headers.append(headers.isEmpty() ? ", headers(" : ", ");
      headers.append("'%s'={header%s:String}".formatted(header.getKey(), number));
    }
    headers.append(headers.isEmpty() ? "" : ")");
    return new Call(
        "url({url:String}, 'Parquet', '%s'%s)".formatted(mapping.structure(COLUMNS), headers),
        "_size != {size:UInt64}",
        parameters);
  }

  private Call ofObject(ServerRead.NamedCollection object) {
    requireNoGlob(object.object());
    String function =
        switch (object.store()) {
          case S3 -> "s3";
          case GCS -> "gcs";
        };
    return new Call(
        "%s(%s, filename = {object:String}, format = 'Parquet', structure = '%s')"
            .formatted(function, object.collection(), mapping.structure(COLUMNS)),
        "_size != {size:UInt64} OR trim(BOTH '\"' FROM _etag) != trim(BOTH '\"' FROM {etag:String})",
        Map.of("object", object.object(), "etag", object.etag()));
  }

  /** The server would look for other files, too. */
  private static void requireNoGlob(String name) {
    if (name.chars().anyMatch(c -> "*?{}".indexOf(c) >= 0) || name.contains("::")) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "The server cannot be told to read it: its name is a pattern to it (one of * ? { } ::). Use StagingMode.PUSH_PARQUET.");
    }
  }

  /**
   * A call of a table function.
   *
   * @param function the call itself
   * @param isAnother is true if the file is not the one listed
   * @param parameters what is bound
   */
  private record Call(String function, String isAnother, Map<String, String> parameters) {}
}
