package io.clickpy.ingest.internal.transfer;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.Dimension;
import io.clickpy.ingest.DownloadColumns;
import io.clickpy.ingest.DownloadField;
import io.clickpy.ingest.RejectReason;
import io.clickpy.ingest.RowFilter;
import io.clickpy.ingest.internal.parquet.ParquetColumn;
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

  /** Returns the columns of the raw table that {@link #select} gives, in its order. */
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

  /** Returns what an insert of pushed columns has between {@code INTO} and {@code FORMAT}. */
  String insertOfInput(String table) {
    PushedColumns pushed = new PushedColumns();
    return "%s (%s) %s FROM input('%s')"
        .formatted(table, target(), select(pushed), structure(pushed));
  }

  /**
   * Returns the SQL that makes rows of the raw table of the columns of a dialect.
   *
   * <p>Numbers go in by %s: %d would write them in the digits of the default locale.
   */
  String select(ColumnDialect dialect) {
    return String.join(
        " ",
        "WITH %s AS clickpy_ticks,".formatted(dialect.ticks(timestamp())),
        "multiIf(isNull(clickpy_ticks), '%s',".formatted(RejectReason.NO_TIMESTAMP),
        "clickpy_ticks < 0 OR clickpy_ticks >= %s, '%s',"
            .formatted(ticksPerDay * DAYS, RejectReason.TIMESTAMP_OUT_OF_RANGE),
        "%s = '', '%s',".formatted(text(DownloadField.PROJECT, dialect), RejectReason.NO_PROJECT),
        rejectedByFilter(dialect),
        "'') AS clickpy_reject, clickpy_reject = '' AS clickpy_kept",
        "SELECT if(clickpy_kept, toDate(toUInt16(intDiv(assumeNotNull(clickpy_ticks), %s))), toDate(0)),"
            .formatted(ticksPerDay),
        text(DownloadField.COUNTRY_CODE, dialect) + ",",
        "if(clickpy_kept, lower(replaceRegexpAll(%s, '[-_.]+', '-')), ''),"
            .formatted(text(DownloadField.PROJECT, dialect)),
        text(DownloadField.TYPE, dialect) + ",",
        text(DownloadField.INSTALLER, dialect) + ",",
        pythonMinor(dialect) + ",",
        text(DownloadField.SYSTEM, dialect) + ",",
        "if(clickpy_kept, %s, clickpy_reject)".formatted(text(DownloadField.VERSION, dialect)));
  }

  private String rejectedByFilter(ColumnDialect dialect) {
    return switch (filter) {
      case NONE -> "";
      case KNOWN_PYTHON_AND_SYSTEM ->
          "%s = '' OR %s = '', '%s',"
              .formatted(
                  pythonMinor(dialect),
                  text(DownloadField.SYSTEM, dialect),
                  RejectReason.UNKNOWN_PYTHON_OR_SYSTEM);
    };
  }

  private String pythonMinor(ColumnDialect dialect) {
    return "substringIndex(%s, '.', 2)".formatted(text(DownloadField.PYTHON, dialect));
  }

  private String text(DownloadField field, ColumnDialect dialect) {
    ParquetColumn column = columns.get(field);
    return column == null ? "''" : "ifNull(%s, '')".formatted(dialect.reference(column));
  }

  /** Returns the columns that the server is to read, as it declares them. */
  String structure(ColumnDialect dialect) {
    return structure(columns(), 0, dialect);
  }

  private static String structure(List<ParquetColumn> siblings, int depth, ColumnDialect dialect) {
    Map<Integer, List<ParquetColumn>> byElement =
        siblings.stream()
            .collect(
                Collectors.groupingBy(
                    column -> column.elements().get(depth),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byElement.values().stream()
        .map(
            ofOneName ->
                dialect.name(ofOneName.get(0), depth) + " " + type(ofOneName, depth, dialect))
        .collect(Collectors.joining(", "));
  }

  private static String type(List<ParquetColumn> ofOneName, int depth, ColumnDialect dialect) {
    ParquetColumn first = ofOneName.get(0);
    return first.path().size() > depth + 1
        ? "Tuple(" + structure(ofOneName, depth + 1, dialect) + ")"
        : "Nullable(%s)".formatted(dialect.type(first));
  }
}
