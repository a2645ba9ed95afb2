package io.clickpy.ingest.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSourceTest {
  @TempDir Path folder;

  @BeforeEach
  void createFiles() throws IOException {
    for (String name :
        List.of(
            "b.parquet",
            "a.parquet",
            "notes.txt",
            "odd[1].parquet",
            "2024/01/x.parquet",
            "2024/02/x.parquet",
            "_temporary/y.parquet",
            ".hidden.parquet")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "content of " + name);
    }
  }

  @Test
  void aFileIsItselfWhateverItsName() throws IOException {
    SourceFile file = only(ParquetSource.local(folder.resolve("notes.txt")));

    assertThat(file.uri()).isEqualTo(folder.resolve("notes.txt").toUri());
    assertThat(file.size()).isEqualTo("content of notes.txt".length());
    assertThat(only(ParquetSource.local(folder.resolve("2024/../notes.txt"))).uri())
        .isEqualTo(file.uri());
  }

  @Test
  void aFileMayHaveTheCharactersOfAGlob() throws IOException {
    assertThat(only(ParquetSource.local(folder.resolve("odd[1].parquet"))).uri())
        .isEqualTo(folder.resolve("odd[1].parquet").toUri());
  }

  @Test
  void aFolderIsItsParquetFilesInOrder() throws IOException {
    assertThat(names(ParquetSource.local(folder)))
        .containsExactly(
            "2024/01/x.parquet", "2024/02/x.parquet", "a.parquet", "b.parquet", "odd[1].parquet");
  }

  @Test
  void aGlobIsWhatItMatches() throws IOException {
    assertThat(names(ParquetSource.local(folder + "/?.parquet")))
        .containsExactly("a.parquet", "b.parquet");
    assertThat(names(ParquetSource.local(folder.resolve("2024").resolve("*").resolve("x.*"))))
        .containsExactly("2024/01/x.parquet", "2024/02/x.parquet");
    assertThat(names(ParquetSource.local(folder + "/20{23,24}/**.parquet"))).hasSize(2);
  }

  @Test
  void whatIsNotThereIsNamed() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertUnlistable(folder + "/absent", "there is no such file or folder");
    assertUnlistable(folder + "/absent/*.parquet", "there is no folder " + folder + "/absent");
    assertUnlistable(folder + "/*.csv", "no file matches it");
    assertUnlistable(folder + "/[a", "it is no valid glob");
    assertUnlistable(empty.toString(), "no file in it ends in .parquet, nor in a folder below");
  }

  private static void assertUnlistable(String path, String reason) {
    assertThatThrownBy(() -> ParquetSource.local(path).list())
        .isInstanceOfSatisfying(
            ClickPyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_DATA))
        .hasMessage(
            "Cannot list %s (%s). Name a file, a folder or a glob of Parquet files."
                .formatted(path, reason));
  }

  @Test
  void rangesAreExact() throws IOException {
    SourceFile file = only(ParquetSource.local(folder.resolve("notes.txt")));
    try (InputStream in = file.open(8, 2)) {
      assertThat(in.readAllBytes()).asString().isEqualTo("of");
    }
    try (InputStream in = file.open(8, 4)) {
      assertThat(in.read()).isEqualTo('o');
      assertThat(in.available()).isEqualTo(3);
      assertThat(in.skip(2)).isEqualTo(2);
      assertThat(in.read()).isEqualTo('n');
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(new byte[1])).isEqualTo(-1);
    }
  }

  @Test
  void theTagChangesWithTheContent() throws IOException {
    Path path = folder.resolve("a.parquet");
    String before = only(ParquetSource.local(path)).contentTag();
    assertThat(only(ParquetSource.local(path)).contentTag()).isEqualTo(before);

    Files.setLastModifiedTime(path, FileTime.fromMillis(1));
    assertThat(only(ParquetSource.local(path)).contentTag()).isNotEqualTo(before);
  }

  @Test
  void aFileThatChangedSinceItWasListedIsNotRead() throws IOException {
    Path path = folder.resolve("a.parquet");
    SourceFile listed = only(ParquetSource.local(path));
    Files.writeString(path, "another content");

    assertThatThrownBy(() -> listed.open(0, 1))
        .isInstanceOf(IOException.class)
        .hasMessage("it has changed since it was listed");
  }

  private static SourceFile only(ParquetSource source) throws IOException {
    List<SourceFile> files = source.list();
    assertThat(files).hasSize(1);
    return files.get(0);
  }

  private List<String> names(ParquetSource source) throws IOException {
    return source.list().stream()
        .map(file -> folder.relativize(Path.of(file.uri())).toString())
        .toList();
  }
}
