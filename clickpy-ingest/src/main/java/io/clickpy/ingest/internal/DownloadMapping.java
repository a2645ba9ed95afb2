package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.Dimension;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.DownloadField;
import io.clickpy.ingest.RejectReason;
import io.clickpy.ingest.RowFilter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/**
 * Where a file keeps what a download is made of, and the SQL that makes rows of the raw table of
 * it.
 *
 * <p>Rows that are no downloads come out with an empty project and the {@link RejectReason} as
 * version, so that one insert carries them all and they can be counted.
 */
final class DownloadMapping {
  /** How many days a Date can tell apart; even in nanoseconds they fit into 64 bits. */
  private static final long DAYS = 1L << 16;

  private static final Set<ConvertedType> TEXTS = Set.of(ConvertedType.UTF8, ConvertedType.ENUM);

  private final Map<DownloadField, ParquetColumn> columns;
  private final RowFilter filter;
  private final long ticksPerDay;

  private DownloadMapping(Map<DownloadField, ParquetColumn> columns, RowFilter filter) {
    this.columns = Collections.unmodifiableMap(columns);
    this.filter = filter;
    this.ticksPerDay = ticksPerDay(column(DownloadField.TIMESTAMP).element());
  }

  /**
   * Returns the mapping of a file.
   *
   * @param found the columns that the file has
   * @param wanted which of them to read
   * @param filter which rows to take
   * @throws ClickPyException if its schema does not fit, with every difference
   */
  static DownloadMapping of(List<ParquetColumn> found, DownloadColumns wanted, RowFilter filter) {
    Map<DownloadField, ParquetColumn> columns = new EnumMap<>(DownloadField.class);
    List<String> differences = new ArrayList<>();
    for (DownloadField field : DownloadField.values()) {
      ParquetColumn column = find(wanted.names(field), found);
      if (column != null) {
        columns.put(field, column);
        differences.addAll(differences(field, column));
      } else if (wanted.requires(field)) {
        differences.add("there is no " + String.join(" or ", wanted.names(field)));
      }
    }
    if (!differences.isEmpty()) {
      throw new ClickPyException(
          ErrorCode.INVALID_DATA,
          "Its columns do not fit: %s. It has these: %s."
              .formatted(
                  String.join("; ", differences),
                  found.stream()
                      .map(column -> column.name() + " " + type(column.element()))
                      .limit(100)
                      .collect(Collectors.joining(", "))));
    }
    return new DownloadMapping(columns, filter);
  }

  private static @Nullable ParquetColumn find(List<String> names, List<ParquetColumn> found) {
    return names.stream()
        .flatMap(name -> found.stream().filter(column -> column.name().equals(name)))
        .findFirst()
        .orElse(null);
  }

  private static List<String> differences(DownloadField field, ParquetColumn column) {
    List<String> differences = new ArrayList<>();
    if (column.repeated()) {
      differences.add(column.name() + " is repeated");
    }
    if (field == DownloadField.TIMESTAMP && ticksPerDay(column.element()) == 0) {
      differences.add(describe(column) + ", not INT64 TIMESTAMP or INT32 DATE");
    }
    if (field != DownloadField.TIMESTAMP && !isText(column.element())) {
      differences.add(describe(column) + ", not BYTE_ARRAY STRING");
    }
    return differences;
  }

  private static boolean isText(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    ConvertedType converted = element.getConverted_type();
    return element.getType() == Type.BYTE_ARRAY
        && (logical == null || logical.isSetSTRING() || logical.isSetENUM())
        && (converted == null || TEXTS.contains(converted));
  }

  /** Returns the ticks of a day; 0 if the column is no timestamp and no day. */
  private static long ticksPerDay(SchemaElement element) {
    return switch (element.getType()) {
      case INT32 -> isDay(element) ? 1 : 0;
      case INT64 -> ticksPerSecond(element) * 86_400;
      default -> 0;
    };
  }

  private static boolean isDay(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    return logical == null
        ? element.getConverted_type() == ConvertedType.DATE
        : logical.isSetDATE();
  }

  private static long ticksPerSecond(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    if (logical != null) {
      return logical.isSetTIMESTAMP() ? ticksPerSecond(logical.getTIMESTAMP().getUnit()) : 0;
    } else if (element.getConverted_type() == ConvertedType.TIMESTAMP_MICROS) {
      return 1_000_000;
    } else {
      return element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS ? 1_000 : 0;
    }
  }

  private static long ticksPerSecond(TimeUnit unit) {
    return unit.isSetNANOS() ? 1_000_000_000 : unit.isSetMICROS() ? 1_000_000 : 1_000;
  }

  private static String describe(ParquetColumn column) {
    return column.name() + " is " + type(column.element());
  }

  private static String type(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    Object annotation = logical != null ? logical.getSetField() : element.getConverted_type();
    return annotation == null ? element.getType().name() : element.getType() + " " + annotation;
  }

  /** Returns the columns to read, in the order of the file. */
  List<ParquetColumn> columns() {
    return columns.values().stream()
        .distinct()
        .sorted((a, b) -> Integer.compare(a.ordinal(), b.ordinal()))
        .toList();
  }

  /** Returns where the timestamp is. */
  ParquetColumn timestamp() {
    return column(DownloadField.TIMESTAMP);
  }

  private ParquetColumn column(DownloadField field) {
    ParquetColumn column = columns.get(field);
    if (column == null) {
      throw new IllegalStateException("No column for " + field);
    }
    return column;
  }

  /** Returns the columns of the raw table that {@link #select()} gives, in its order. */
  static String target() {
    return Stream.of(
            Dimension.DATE,
            Dimension.COUNTRY_CODE,
            Dimension.PROJECT,
            Dimension.TYPE,
            Dimension.INSTALLER,
            Dimension.PYTHON_MINOR,
            Dimension.SYSTEM,
            Dimension.VERSION)
        .map(Dimension::column)
        .collect(Collectors.joining(", "));
  }

  /**
   * Returns the SQL that makes rows of the raw table of {@link #structure()}'s columns.
   *
   * <p>Numbers go in by %s: %d would write them in the digits of the default locale.
   */
  String select() {
    String timestamp = timestamp().path().get(0);
    return String.join(
        " ",
        "WITH multiIf(isNull(%s), '%s',".formatted(timestamp, RejectReason.NO_TIMESTAMP),
        "%1$s < 0 OR %1$s >= %2$s, '%3$s',"
            .formatted(timestamp, ticksPerDay * DAYS, RejectReason.TIMESTAMP_OUT_OF_RANGE),
        "%s = '', '%s',".formatted(text(DownloadField.PROJECT), RejectReason.NO_PROJECT),
        rejectedByFilter(),
        "'') AS reject,",
        "reject = '' AS kept",
        "SELECT if(kept, toDate(toUInt16(intDiv(assumeNotNull(%s), %s))), toDate(0)),"
            .formatted(timestamp, ticksPerDay),
        text(DownloadField.COUNTRY_CODE) + ",",
        "if(kept, lower(replaceRegexpAll(%s, '[-_.]+', '-')), ''),"
            .formatted(text(DownloadField.PROJECT)),
        text(DownloadField.TYPE) + ",",
        text(DownloadField.INSTALLER) + ",",
        pythonMinor() + ",",
        text(DownloadField.SYSTEM) + ",",
        "if(kept, %s, reject)".formatted(text(DownloadField.VERSION)));
  }

  private String rejectedByFilter() {
    return switch (filter) {
      case NONE -> "";
      case KNOWN_PYTHON_AND_SYSTEM ->
          "%s = '' OR %s = '', '%s',"
              .formatted(
                  pythonMinor(), text(DownloadField.SYSTEM), RejectReason.UNKNOWN_PYTHON_OR_SYSTEM);
    };
  }

  private String pythonMinor() {
    return "substringIndex(%s, '.', 2)".formatted(text(DownloadField.PYTHON));
  }

  private String text(DownloadField field) {
    ParquetColumn column = columns.get(field);
    return column == null
        ? "''"
        : "ifNull(%s, '')".formatted(String.join(".", ParquetSlice.path(column)));
  }

  /** Returns the columns that the server is to read, as it declares them. */
  String structure() {
    return structure(columns(), 0);
  }

  private String structure(List<ParquetColumn> siblings, int depth) {
    Map<String, List<ParquetColumn>> byName =
        siblings.stream()
            .collect(
                Collectors.groupingBy(
                    column -> ParquetSlice.path(column).get(depth),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byName.entrySet().stream()
        .map(entry -> entry.getKey() + " " + type(entry.getValue(), depth))
        .collect(Collectors.joining(", "));
  }

  private String type(List<ParquetColumn> ofOneName, int depth) {
    ParquetColumn first = ofOneName.get(0);
    if (ParquetSlice.path(first).size() > depth + 1) {
      return "Tuple(" + structure(ofOneName, depth + 1) + ")";
    }
    return switch (first.element().getType()) {
      case INT32 -> "Nullable(Int32)";
      case INT64 -> "Nullable(Int64)";
      default -> "Nullable(String)";
    };
  }
}
