package io.clickpy.query.project;

import io.clickpy.core.schema.PypiSchema;
import io.clickpy.query.Plan;
import io.clickpy.query.internal.Rendering;
import java.util.List;
import java.util.Set;

/** The pieces of SQL that questions about metadata share. */
final class MetadataSql {
  /** The project that a file belongs to. */
  static final String PROJECT = PypiSchema.normalName("name");

  /**
   * The requirements of a release. Not every file tells them; of those that do, the newest is
   * right.
   */
  static final String REQUIREMENTS =
      "argMaxIf(requires_dist, (upload_time, filename), notEmpty(requires_dist)) AS requirements";

  private static final long FILES_OF_A_PROJECT = 20;

  private MetadataSql() {}

  /** Returns the condition on the files of one project. */
  static String isProject(String project, Rendering rendering) {
    return PROJECT + " = " + rendering.bind("project", "String", project);
  }

  /** Returns the project that a requirement names, in normal form; empty if it names none. */
  static String requiredBy(String requirement) {
    return PypiSchema.normalName("extract(" + requirement + ", '^[ \\t]*([A-Za-z0-9._-]+)')");
  }

  /** Returns the plan of a question that reads the files of one project. */
  static Plan planOfOneProject(PypiSchema schema) {
    return new Plan(new Plan.Candidate(schema.projects(), Set.of(), FILES_OF_A_PROJECT), List.of());
  }
}
