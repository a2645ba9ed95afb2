package io.clickpy.query.project;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.clickpy.core.ClickPy;
import io.clickpy.core.Insert;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * Made-up files of projects that require one another, in every spelling, some beyond what the PEPs
 * know; and made-up downloads of them.
 *
 * @param files rows of the table of projects
 * @param downloads rows of the raw table
 */
record GeneratedFiles(List<ProjectFile> files, List<Download> downloads) {
  static final LocalDate NEWEST = LocalDate.of(2024, 8, 20);

  private static final List<String> NAMES =
      List.of(
          "num.py", "num-py-extra", "zope.interface", "Requests", "requests-oauthlib", "a", "b");
  private static final List<String> VERSIONS =
      List.of(
          "1.0",
          "1.0.0",
          "1.9",
          "1.10",
          "2.0rc1",
          "2.0.dev1",
          "1!0.1",
          "1.0.post1",
          "0.9",
          "2004d",
          "",
          "1.0-nonsense",
          "10.0a1",
          "v3");
  private static final List<String> TAILS =
      List.of(
          "",
          ">=1.2",
          " (>1,<3)",
          "; extra == 'x'",
          "[fast]>=2 ; python_version < \"3.9\"",
          "; extra == 'x' or python_version < '3'",
          " @ https://example.org/x.zip",
          " (>dev)",
          ">=1;",
          "!",
          "-",
          " ");

  /** A row of the table of projects. */
  record ProjectFile(
      String name,
      String version,
      Instant uploadTime,
      String filename,
      String summary,
      List<String> requirements) {

    String project() {
      return normal(name);
    }
  }

  record Download(String project, LocalDate date) {}

  static String normal(String name) {
    return name.replaceAll("[-_.]+", "-").toLowerCase(Locale.ROOT);
  }

  static GeneratedFiles of(Random random) {
    List<ProjectFile> files = new ArrayList<>();
    List<Download> downloads = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      files.add(
          new ProjectFile(
              spelled(pick(NAMES, random), random),
              pick(VERSIONS, random),
              Instant.parse("2024-01-01T00:00:00Z").plusMillis(random.nextInt(50) * 86_400_123L),
              "file-" + i,
              "summary " + i,
              requirements(random)));
    }
    for (int i = 0; i < 2_000; i++) {
      String name = NAMES.get((int) (random.nextDouble() * random.nextDouble() * NAMES.size()));
      downloads.add(new Download(normal(name), NEWEST.minusDays(random.nextInt(30))));
    }
    return new GeneratedFiles(files, downloads);
  }

  private static List<String> requirements(Random random) {
    List<String> requirements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      requirements.add(
          (random.nextInt(9) == 0 ? " " : "")
              + spelled(pick(NAMES, random), random)
              + pick(TAILS, random));
    }
    if (random.nextInt(9) == 0) {
      requirements.add(pick(List.of("", ">=1", "'; DROP TABLE projects; --", "ä"), random));
    }
    return requirements;
  }

  private static String spelled(String name, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> name.toUpperCase(Locale.ROOT);
      case 1 -> name.replaceAll("[-.]", "_");
      case 2 -> name.replaceAll("[-.]", "-.");
      default -> name;
    };
  }

  private static <T> T pick(List<T> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }

  void load(ClickPy clickpy) throws Exception {
    insert(
        clickpy,
        "projects (name, version, upload_time, filename, summary, requires_dist)",
        "JSONEachRow",
        files.stream().map(GeneratedFiles::json).collect(Collectors.joining("\n")));
    insert(
        clickpy,
        "pypi (project, date)",
        "TabSeparated",
        downloads.stream()
            .map(download -> download.project() + "\t" + download.date() + "\n")
            .collect(Collectors.joining()));
  }

  private static void insert(ClickPy clickpy, String target, String format, String rows) {
    Insert.into(target, format, out -> out.write(rows.getBytes(StandardCharsets.UTF_8)))
        .execute(clickpy);
  }

  private static String json(ProjectFile file) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", file.name());
    row.put("version", file.version());
    row.put("upload_time", file.uploadTime().toEpochMilli());
    row.put("filename", file.filename());
    row.put("summary", file.summary());
    row.put("requires_dist", file.requirements());
    try {
      return new ObjectMapper().writeValueAsString(row);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
