package io.clickpy.core;

import java.util.function.Consumer;

/**
 * Hears of every query, command and insert of a connection: when the program asks, and when that
 * has ended, repeats included.
 *
 * <p>Set it with {@link ClickPyConfig.Builder#listener(QueryListener)}; there may be several. It is
 * called by the threads that ask, several at once, and holds them up while it runs. What it throws
 * is logged and changes nothing.
 *
 * <pre>{@code
 * QueryListener slowOnes =
 *     start ->
 *         end -> {
 *           if (end.elapsed().toSeconds() >= 5) {
 *             System.out.println(end.queryId() + " took " + end.elapsed() + ": " + start.sql());
 *           }
 *         };
 * ClickPyConfig config =
 *     ClickPyConfig.builder("http://localhost:8123").listener(slowOnes).build();
 * }</pre>
 */
@FunctionalInterface
public interface QueryListener {
  /**
   * Takes notice that a statement is about to be sent; in the thread that asks, also where the
   * answer is fetched in the background.
   *
   * @param start what is asked
   * @return is told of the end, once, in whatever thread sees it; of a stream, when it was read to
   *     its end, failed or was closed
   */
  Consumer<QueryEnd> started(QueryStart start);
}
