package io.clickpy.core.migrate;

/**
 * A rollup of an adopted database that is not what the schema describes, and that {@link
 * SchemaMigrator#repair()} can build anew.
 *
 * @param rollup the table
 * @param need how much it matters
 * @param defect what is wrong, in words
 */
public record Repair(String rollup, Need need, String defect) {

  /** How much a repair matters. */
  public enum Need {
    /** Questions get wrong answers, now or as soon as rows are merged or inserted. */
    WRONG_ANSWERS,
    /** Answers are right; the table takes more room or time than it has to. */
    FORM,
    /**
     * The rollup tells of more downloads than can be counted again: rows were deleted from the raw
     * table, or the rollup counts some twice. It is never built anew, because that could lose what
     * nothing else knows.
     */
    IRREPLACEABLE
  }

  @Override
  public String toString() {
    return rollup + ": " + defect;
  }
}
