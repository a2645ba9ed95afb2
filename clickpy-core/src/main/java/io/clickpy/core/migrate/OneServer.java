package io.clickpy.core.migrate;

/** A server of its own. */
final class OneServer extends Topology {
  @Override
  boolean canHoldUpWriters() {
    return true;
  }

  @Override
  String kind() {
    return "a single server";
  }
}
