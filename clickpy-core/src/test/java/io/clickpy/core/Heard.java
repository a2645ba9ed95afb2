package io.clickpy.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** What a listener heard, in its order. */
final class Heard implements QueryListener {
  private final List<QueryStart> starts = Collections.synchronizedList(new ArrayList<>());
  private final List<QueryEnd> ends = Collections.synchronizedList(new ArrayList<>());
  private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

  @Override
  public Consumer<QueryEnd> started(QueryStart start) {
    starts.add(start);
    threads.add(Thread.currentThread());
    return ends::add;
  }

  QueryStart start() {
    return only(starts);
  }

  QueryEnd end() {
    return only(ends);
  }

  Thread startThread() {
    return only(threads);
  }

  boolean hasEnded() {
    return !ends.isEmpty();
  }

  private static <T> T only(List<T> heard) {
    if (heard.size() != 1) {
      throw new AssertionError("heard " + heard);
    }
    return heard.get(0);
  }
}
