package io.clickpy.core.schema;

import java.util.List;

/** Declares the tables and dictionaries that are no downloads. */
final class ReferenceData {
  /** The name of a project, for example a column, in PEP 503 normal form. */
  static final String NORMAL_NAME = "lower(replaceRegexpAll(%s, '[-_.]+', '-'))";

  private static final String TEXT = "String";
  private static final String TEXTS = "Array(String)";

  private ReferenceData() {}

  static ReferenceTable countries(String prefix) {
    return new ReferenceTable(
        prefix + "countries",
        List.of(
            column("name", TEXT, "name in English"),
            column("code", TEXT, "ISO 3166 code, or one that downloads hold beside it")),
        List.of("code"),
        List.of(),
        "Names of the country codes; also of EU and of the empty code.");
  }

  /** ClickPy's 37 columns, in its order: those of BigQuery's distribution_metadata. */
  static ReferenceTable projects(String prefix) {
    List<Column> columns =
        List.of(
            column("metadata_version", TEXT, "version of the metadata standard"),
            column("name", TEXT, "project, as its author writes it"),
            column("version", TEXT, "version, as PEP 440 has it"),
            column("summary", TEXT, "one line"),
            column("description", TEXT, "long description"),
            column("description_content_type", TEXT, "as text/markdown"),
            column("author", TEXT, "author's name"),
            column("author_email", TEXT, "author's address"),
            column("maintainer", TEXT, "maintainer's name"),
            column("maintainer_email", TEXT, "maintainer's address"),
            column("license", TEXT, "licence, in free text"),
            column("keywords", TEXT, "keywords, in free text"),
            column("classifiers", TEXTS, "trove classifiers"),
            column("platform", TEXTS, "platforms"),
            column("home_page", TEXT, "home page"),
            column("download_url", TEXT, "where else to download"),
            column("requires_python", TEXT, "PEP 440 specifiers of Python"),
            column("requires", TEXTS, "obsolete form of requires_dist"),
            column("provides", TEXTS, "obsolete form of provides_dist"),
            column("obsoletes", TEXTS, "obsolete form of obsoletes_dist"),
            column("requires_dist", TEXTS, "PEP 508 requirements"),
            column("provides_dist", TEXTS, "what else it provides"),
            column("obsoletes_dist", TEXTS, "what it replaces"),
            column("requires_external", TEXTS, "requirements outside of Python"),
            column("project_urls", TEXTS, "label and URL, divided by a comma"),
            column("uploaded_via", TEXT, "program that uploaded the file"),
            column("upload_time", "DateTime64(3)", "when the file was uploaded"),
            column("filename", TEXT, "name of the file"),
            column("size", "Int64", "bytes"),
            column("path", TEXT, "path on the file host"),
            column("python_version", TEXT, "as py3 or source"),
            column("packagetype", TEXT, "as bdist_wheel or sdist"),
            column("comment_text", TEXT, "comment on the file"),
            column("has_signature", "Bool", "whether it was signed"),
            column("md5_digest", TEXT, "MD5 of the file"),
            column("sha256_digest", TEXT, "SHA-256 of the file"),
            column("blake2_256_digest", TEXT, "BLAKE2b-256 of the file"));
    return new ReferenceTable(
        prefix + "projects",
        columns,
        List.of("name"),
        List.of(new SkipIndex("normal_name", NORMAL_NAME.formatted("name"), "bloom_filter")),
        "One row per file on PyPI, with the metadata of its release.");
  }

  static List<Dictionary> dictionaries(
      String prefix, ReferenceTable countries, ReferenceTable projects) {
    return List.of(
        new Dictionary(
            prefix + "countries_dict",
            countries.columns(),
            "code",
            countries,
            "SELECT name, code FROM " + Dictionary.TABLE,
            "The name of a country code."),
        new Dictionary(
            prefix + "last_updated_dict",
            List.of(
                column("name", TEXT, "project, as its author writes it and in PEP 503 normal form"),
                column("last_update", "DateTime64(3)", "when its newest file was uploaded")),
            "name",
            projects,
            // Downloads know the normal form, ClickPy's own queries may use either.
            "SELECT spelling AS name, max(upload_time) AS last_update FROM %s AS source"
                    .formatted(Dictionary.TABLE)
                + " ARRAY JOIN arrayDistinct([source.name, %s]) AS spelling GROUP BY spelling"
                    .formatted(NORMAL_NAME.formatted("source.name")),
            "When a project's newest file was uploaded."));
  }

  private static Column column(String name, String type, String description) {
    return new Column(name, type, description);
  }
}
