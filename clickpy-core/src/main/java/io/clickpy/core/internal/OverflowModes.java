package io.clickpy.core.internal;

import java.util.List;

/** Where the server could cut a result at a limit instead of failing. */
public final class OverflowModes {
  /**
   * The settings. Not only the limits that we set count: a user's profile may also limit the rows
   * of a group, a sort or a set, and what is left out there makes wrong numbers.
   */
  public static final List<String> SETTINGS =
      List.of(
          "read_overflow_mode",
          "read_overflow_mode_leaf",
          "group_by_overflow_mode",
          "sort_overflow_mode",
          "result_overflow_mode",
          "timeout_overflow_mode",
          "timeout_overflow_mode_leaf",
          "set_overflow_mode",
          "join_overflow_mode",
          "transfer_overflow_mode",
          "distinct_overflow_mode");

  /** Their value that fails. */
  public static final String FAIL = "throw";

  private OverflowModes() {}
}
