package io.clickpy.ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A way to the server that breaks at chosen statements. */
public final class CuttingProxy implements Closeable {
  private static final int BUFFER = 1 << 16;

  private final URI server;
  private final ServerSocket listening;
  private final List<Cut> cuts = new CopyOnWriteArrayList<>();

  private CuttingProxy(URI server, ServerSocket listening) {
    this.server = server;
    this.listening = listening;
  }

  public static CuttingProxy to(URI server) {
    try {
      ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      CuttingProxy proxy = new CuttingProxy(server, listening);
      daemon(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** Statements that hold this text never reach the server, so many times. */
  public void loseRequests(String text, int times) {
    cuts.add(new Cut(text, false, new AtomicInteger(times)));
  }

  /** Statements that hold this text run, but nobody hears how they ended, so many times. */
  public void loseAnswers(String text, int times) {
    cuts.add(new Cut(text, true, new AtomicInteger(times)));
  }

  /** Tells whether every break has happened that was to happen. */
  public boolean isDone() {
    return cuts.stream().allMatch(cut -> cut.left.get() <= 0);
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        daemon(() -> serve(client));
      } catch (IOException e) {
        return; // Closed.
      }
    }
  }

  private void serve(Socket client) {
    int port = server.getPort() < 0 ? 8123 : server.getPort();
    try (client;
        Socket upstream = new Socket(server.getHost(), port)) {
      AtomicInteger answersToLose = new AtomicInteger();
      daemon(() -> answer(upstream, client, answersToLose));
      InputStream in = client.getInputStream();
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        Cut cut = find(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
        if (cut != null && !cut.answer) {
          return;
        }
        if (cut != null) {
          answersToLose.incrementAndGet();
        }
        upstream.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One of the two has hung up, and so does the other.
    }
  }

  private static void answer(Socket upstream, Socket client, AtomicInteger toLose) {
    try (client;
        upstream) {
      InputStream in = upstream.getInputStream();
      byte[] buffer = new byte[BUFFER];
      for (int count = in.read(buffer); count >= 0 && toLose.get() == 0; count = in.read(buffer)) {
        client.getOutputStream().write(buffer, 0, count);
      }
    } catch (IOException e) {
      // Likewise.
    }
  }

  private Cut find(String request) {
    for (Cut cut : cuts) {
      if (request.contains(cut.text) && cut.left.getAndDecrement() > 0) {
        return cut;
      }
    }
    return null;
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "cutting-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Cut(String text, boolean answer, AtomicInteger left) {}
}
