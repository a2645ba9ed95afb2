package io.clickpy.examples.sample;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.timestampType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.apache.parquet.schema.Types.optional;
import static org.apache.parquet.schema.Types.optionalGroup;

import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * The columns of ClickPy's export: those of BigQuery's {@code file_downloads}, with the fields of
 * {@code details} moved to the top. An export of a query makes every column optional.
 */
final class ExportSchema {
  static final MessageType MESSAGE =
      new MessageType(
          "schema",
          optional(INT64).as(timestampType(true, TimeUnit.MICROS)).named("timestamp"),
          text("country_code"),
          text("url"),
          text("project"),
          group("file", text("filename"), text("project"), text("version"), text("type")),
          group("installer", text("name"), text("version")),
          text("python"),
          group("implementation", text("name"), text("version")),
          group(
              "distro",
              text("name"),
              text("version"),
              text("id"),
              group("libc", text("lib"), text("version"))),
          group("system", text("name"), text("release")),
          text("cpu"),
          text("openssl_version"),
          text("setuptools_version"),
          text("rustc_version"),
          text("tls_protocol"),
          text("tls_cipher"));

  private ExportSchema() {}

  private static Type text(String name) {
    return optional(BINARY).as(stringType()).named(name);
  }

  private static GroupType group(String name, Type... fields) {
    return optionalGroup().addFields(fields).named(name);
  }
}
