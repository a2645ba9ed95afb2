package io.clickpy.query.project;

import io.clickpy.core.packaging.Requirement;

/** What becomes of requirements that only an extra asks for. */
enum Extras {
  INCLUDED,
  LEFT_OUT;

  boolean letIn(Requirement requirement) {
    return this == INCLUDED || !requirement.isOptional();
  }
}
