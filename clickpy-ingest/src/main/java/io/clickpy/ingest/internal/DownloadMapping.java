package io.clickpy.ingest.internal;

import io.clickpy.core.ClickPyException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.schema.Dimension;
import io.clickpy.ingest.RejectReason;
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
 * <p>It fits BigQuery's {@code file_downloads}, ClickPy's export of it, and either with flattened
 * names. Rows that are no downloads come out with an empty project and, as version, the {@link
 * RejectReason} and the file's index, so that one insert carries them all and they can be counted.
 */
final class DownloadMapping {
  /** How many days a Date can tell apart; even in nanoseconds they fit into 64 bits. */
  private static final long DAYS = 1L << 16;

  private static final Set<ConvertedType> TEXTS = Set.of(ConvertedType.UTF8, ConvertedType.ENUM);

  private final Map<Field, ParquetColumn> columns;
  private final long ticksPerDay;

  private DownloadMapping(Map<Field, ParquetColumn> columns) {
    this.columns = Collections.unmodifiableMap(columns);
    this.ticksPerDay = ticksPerDay(column(Field.TIMESTAMP).element());
  }

  /**
   * Returns the mapping of a file.
   *
   * @throws ClickPyException if its schema does not fit, with every difference
   */
  static DownloadMapping of(List<ParquetColumn> found) {
    Map<Field, ParquetColumn> columns = new EnumMap<>(Field.class);
    List<String> differences = new ArrayList<>();
    for (Field field : Field.values()) {
      ParquetColumn column = find(field, found);
      if (column != null) {
        columns.put(field, column);
        differences.addAll(differences(field, column));
      } else if (field.isRequired()) {
        differences.add(
            field.names().stream().collect(Collectors.joining(" or ", "there is no ", "")));
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
    return new DownloadMapping(columns);
  }

  private static @Nullable ParquetColumn find(Field field, List<ParquetColumn> found) {
    return field.names().stream()
        .flatMap(name -> found.stream().filter(column -> column.name().equals(name)))
        .findFirst()
        .orElse(null);
  }

  private static List<String> differences(Field field, ParquetColumn column) {
    List<String> differences = new ArrayList<>();
    if (column.repeated()) {
      differences.add(column.name() + " is repeated");
    }
    if (field == Field.TIMESTAMP && ticksPerDay(column.element()) == 0) {
      differences.add(describe(column) + ", not INT64 TIMESTAMP");
    }
    if (field != Field.TIMESTAMP && !isText(column.element())) {
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

  /** Returns the ticks of a day; 0 if the column is no timestamp. */
  private static long ticksPerDay(SchemaElement element) {
    LogicalType logical = element.getLogicalType();
    long perSecond = 0;
    if (element.getType() != Type.INT64) {
      return 0;
    } else if (logical != null) {
      perSecond = logical.isSetTIMESTAMP() ? ticksPerSecond(logical.getTIMESTAMP().getUnit()) : 0;
    } else if (element.getConverted_type() == ConvertedType.TIMESTAMP_MICROS) {
      perSecond = 1_000_000;
    } else if (element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS) {
      perSecond = 1_000;
    }
    return perSecond * 86_400;
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
    return column(Field.TIMESTAMP);
  }

  private ParquetColumn column(Field field) {
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
        "%s = '', '%s', '') AS reject,".formatted(text(Field.PROJECT), RejectReason.NO_PROJECT),
        "reject = '' AS kept",
        "SELECT if(kept, toDate(toUInt16(intDiv(assumeNotNull(%s), %s))), toDate(0)),"
            .formatted(timestamp, ticksPerDay),
        text(Field.COUNTRY_CODE) + ",",
        "if(kept, lower(replaceRegexpAll(%s, '[-_.]+', '-')), ''),".formatted(text(Field.PROJECT)),
        text(Field.TYPE) + ",",
        text(Field.INSTALLER) + ",",
        "substringIndex(%s, '.', 2),".formatted(text(Field.PYTHON)),
        text(Field.SYSTEM) + ",",
        "if(kept, %s, concat(reject, ' ', toString(%s)))"
            .formatted(text(Field.VERSION), ParquetSlice.FILE));
  }

  private String text(Field field) {
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
    return first.equals(timestamp()) ? "Nullable(Int64)" : "Nullable(String)";
  }
}
