package io.clickpy.examples.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.LocalInputFile;

/** Reads Parquet files with parquet-hadoop's own generic record. */
final class ParquetRows {
  private ParquetRows() {}

  static List<Group> read(Path file) throws IOException {
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader = new Builder(file).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  static ParquetMetadata footer(Path file) throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
      return reader.getFooter();
    }
  }

  /**
   * The text at a path such as {@code distro.libc.lib}, null where it or a group on the way is
   * NULL.
   */
  static String text(Group row, String path) {
    Group group = row;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length - 1; i++) {
      if (group.getFieldRepetitionCount(names[i]) == 0) {
        return null;
      }
      group = group.getGroup(names[i], 0);
    }
    String field = names[names.length - 1];
    return group.getFieldRepetitionCount(field) == 0 ? null : group.getString(field, 0);
  }

  private static final class Builder extends ParquetReader.Builder<Group> {
    Builder(Path file) {
      super(new LocalInputFile(file), new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
