package io.clickpy.query.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.clickpy.query.internal.PlainValues;
import io.clickpy.query.internal.RecordColumns;
import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An array of objects. */
final class JsonFormat implements ExportFormat {
  private final JsonFactory factory = new JsonFactory();

  @Override
  public <R> void write(Class<R> type, Stream<? extends R> rows, Writer out) throws IOException {
    RecordColumns.requireRecord(type);
    try (JsonGenerator json = factory.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartArray();
      for (Iterator<? extends R> row = rows.iterator(); row.hasNext(); ) {
        writeComponents(row.next(), type, json);
      }
      json.writeEndArray();
    }
  }

  private static void writeComponents(Object owner, Class<?> type, JsonGenerator json)
      throws IOException {
    json.writeStartObject();
    for (RecordComponent component : type.getRecordComponents()) {
      json.writeFieldName(component.getName());
      write(PlainValues.component(component, owner), json);
    }
    json.writeEndObject();
  }

  private static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    Object present = PlainValues.present(value);
    if (present == null) {
      json.writeNull();
    } else if (present instanceof Record) {
      writeRecord(present, present.getClass().getRecordComponents(), json);
    } else if (present instanceof Map<?, ?> entries) {
      writeEntries(entries, json);
    } else if (present instanceof Collection<?> elements) {
      json.writeStartArray();
      for (Object element : elements) {
        write(element, json);
      }
      json.writeEndArray();
    } else {
      writeScalar(present, json);
    }
  }

  /** As in a table, a record whose only component says it all is that component. */
  private static void writeRecord(Object owner, RecordComponent[] components, JsonGenerator json)
      throws IOException {
    if (components.length == 1) {
      write(PlainValues.component(components[0], owner), json);
    } else {
      writeComponents(owner, owner.getClass(), json);
    }
  }

  private static void writeEntries(Map<?, ?> entries, JsonGenerator json) throws IOException {
    json.writeStartObject();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      json.writeFieldName(String.valueOf(entry.getKey()));
      write(entry.getValue(), json);
    }
    json.writeEndObject();
  }

  private static void writeScalar(Object value, JsonGenerator json) throws IOException {
    if (value instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (value instanceof Double || value instanceof Float) {
      json.writeNumber(((Number) value).doubleValue());
    } else if (value instanceof Number) {
      json.writeNumber(value.toString());
    } else {
      json.writeString(value.toString());
    }
  }
}
