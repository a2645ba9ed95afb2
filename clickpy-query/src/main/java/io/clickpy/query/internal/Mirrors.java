package io.clickpy.query.internal;

import io.clickpy.core.schema.Dimension;
import java.util.List;

/** The programs that copy PyPI, by the names under which PyPI logs them. */
public final class Mirrors {
  /** Lets everything else through, also what is unknown. */
  public static final Condition EXCLUDED =
      new Condition.NoneOf(
          Dimension.INSTALLER,
          List.of(
              "bandersnatch", "z3c.pypimirror", "pep381client", "Artifactory", "Nexus", "devpi"));

  private Mirrors() {}
}
