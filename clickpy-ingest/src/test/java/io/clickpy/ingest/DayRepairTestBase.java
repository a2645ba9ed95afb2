package io.clickpy.ingest;

import io.clickpy.core.Command;
import io.clickpy.ingest.source.ParquetSource;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** A few days, one of which was loaded wrong. */
abstract class DayRepairTestBase extends LoaderTestBase {
  static final LocalDate DAY = LocalDate.of(2024, 8, 13);
  static final int ROWS = 600;

  /** What all days are to have. */
  final List<Download> right = downloads(ROWS);

  final DayRepair repair() {
    return DayRepair.of(clickpy);
  }

  static boolean isOf(Download download, LocalDate day) {
    return LocalDate.ofInstant(download.timestamp(), ZoneOffset.UTC).equals(day);
  }

  static List<Download> of(List<Download> downloads, LocalDate day) {
    return downloads.stream().filter(download -> isOf(download, day)).toList();
  }

  static List<Download> notOf(List<Download> downloads, LocalDate day) {
    return downloads.stream().filter(download -> !isOf(download, day)).toList();
  }

  /** Half of the day is missing, a part is there twice, and there are projects that never were. */
  static List<Download> wrong(List<Download> right) {
    List<Download> ofDay = of(right, DAY);
    List<Download> half = ofDay.subList(0, ofDay.size() / 2);
    List<Download> never =
        IntStream.range(0, 20)
            .mapToObj(i -> Download.of("2024-08-13T12:00:00Z", "never-" + i % 7))
            .toList();
    // One of them has another day, too: that is its only one when the day is right.
    Download other = Download.of("2024-08-12T01:02:03Z", "never-0");
    List<Download> all = new ArrayList<>(notOf(right, DAY));
    all.addAll(half);
    all.addAll(half.subList(0, half.size() / 3));
    all.addAll(never);
    all.add(other);
    return all;
  }

  static List<Download> join(List<Download> some, List<Download> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  Path write(String name, List<Download> downloads) {
    return ExportFile.with().write(file(name), downloads);
  }

  ParquetSource rightDay() {
    Path path = file("right");
    return ParquetSource.local(path.toFile().exists() ? path : write("right", of(right, DAY)));
  }

  void loadWrong() {
    List<Download> wrong = wrong(right);
    // More than one part.
    int half = wrong.size() / 2;
    load(
            write("wrong-1", wrong.subList(0, half)),
            write("wrong-2", wrong.subList(half, wrong.size())))
        .throwIfFailed();
  }

  /** What is right, and the row that the wrong files have for another day. */
  List<Download> repaired() {
    List<Download> all = new ArrayList<>(notOf(wrong(right), DAY));
    all.addAll(of(right, DAY));
    return all;
  }

  void assertTables(List<Download> expected) {
    Assertions.assertThat(Tables.rows(clickpy)).isEqualTo(Tables.expected(expected));
    Tables.assertRollupsEqualRaw(clickpy);
  }

  void optimize() {
    Tables.all().forEach(table -> execute("OPTIMIZE TABLE %s FINAL".formatted(table)));
  }

  void execute(String sql) {
    Command.of(sql).execute(clickpy);
  }
}
