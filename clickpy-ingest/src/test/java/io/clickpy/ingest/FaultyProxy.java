package io.clickpy.ingest;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;

/** A way to a server on which requests meet with faults, each with one of its own. */
final class FaultyProxy implements Closeable {
  /** What happens to a request. */
  enum Fault {
    /** Nothing. */
    NONE,
    /** It arrives a while later. */
    SLOW,
    /** It never arrives. */
    LOST,
    /** It arrives up to some place in its body, and the connection breaks. */
    CUT,
    /** It arrives, and the connection breaks at once, while the server works on it. */
    UNHEARD,
    /** It arrives, and the connection breaks when the server has answered. */
    UNANSWERED,
    /** It arrives, and the connection breaks at some place in the answer. */
    HALF_ANSWERED,
    /** It arrives twice, one after the other. */
    DOUBLED,
    /** It never arrives, and arrives all the same, when the client has tried again. */
    LATE
  }

  private final ServerSocket listening;
  private final Function<String, Fault> faults;
  private volatile URI server;

  private FaultyProxy(URI server, Function<String, Fault> faults, ServerSocket listening) {
    this.server = server;
    this.faults = faults;
    this.listening = listening;
  }

  /**
   * Starts a proxy.
   *
   * @param faults is asked for each request, whose text it gets
   */
  static FaultyProxy to(URI server, Function<String, Fault> faults) {
    try {
      FaultyProxy proxy =
          new FaultyProxy(
              server, faults, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
      daemon(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leads to another server from now on. */
  void lead(URI value) {
    server = value;
  }

  String endpoint() {
    return "http://127.0.0.1:" + listening.getLocalPort();
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
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      for (byte[] request = message(in, false); request.length > 0; request = message(in, false)) {
        if (!forward(request, faults.apply(text(request)), client)) {
          return;
        }
      }
    } catch (IOException e) {
      // One of the two has hung up, and so does the other.
    }
  }

  /** Returns whether the client's connection goes on. */
  private boolean forward(byte[] request, Fault fault, Socket client) throws IOException {
    switch (fault) {
      case NONE -> {
        client.getOutputStream().write(ask(request));
        return true;
      }
      case SLOW -> {
        pause();
        client.getOutputStream().write(ask(request));
        return true;
      }
      case LOST -> {
        return false;
      }
      case CUT -> {
        try (Socket upstream = connect()) {
          upstream.getOutputStream().write(request, 0, inTheBody(request));
        }
        return false;
      }
      case UNHEARD -> {
        client.close();
        ask(request);
        return false;
      }
      case UNANSWERED -> {
        ask(request);
        return false;
      }
      case HALF_ANSWERED -> {
        byte[] answer = ask(request);
        client.getOutputStream().write(answer, 0, between(1, answer.length));
        return false;
      }
      case DOUBLED -> {
        ask(request);
        client.getOutputStream().write(ask(request));
        return true;
      }
      case LATE -> {
        daemon(
            () -> {
              try {
                pause();
                ask(request);
              } catch (IOException e) {
                // Then it never arrives.
              }
            });
        return false;
      }
    }
    throw new IllegalStateException();
  }

  private static int inTheBody(byte[] request) {
    int head = text(request).indexOf("\r\n\r\n") + 4;
    return between(head, request.length);
  }

  /** Returns some number, the first and never the last; the first if they are equal. */
  private static int between(int first, int last) {
    return first + ThreadLocalRandom.current().nextInt(Math.max(1, last - first));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(500);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private byte[] ask(byte[] request) throws IOException {
    try (Socket upstream = connect()) {
      upstream.getOutputStream().write(request);
      return message(new BufferedInputStream(upstream.getInputStream()), true);
    }
  }

  private Socket connect() throws IOException {
    URI to = server;
    return new Socket(to.getHost(), to.getPort() < 0 ? 8123 : to.getPort());
  }

  /** Reads a request or an answer with its body; empty at the end of the stream. */
  private static byte[] message(InputStream in, boolean answer) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    String line = line(in, message);
    if (line.isEmpty()) {
      return new byte[0];
    }
    long length = 0;
    boolean chunked = false;
    for (line = line(in, message); !line.isBlank(); line = line(in, message)) {
      String header = line.strip().toLowerCase(Locale.ROOT);
      if (header.startsWith("content-length:")) {
        length = Long.parseLong(header.substring("content-length:".length()).strip());
      } else if (header.equals("transfer-encoding: chunked")) {
        chunked = true;
      }
    }
    if (chunked) {
      long size;
      do {
        size = Long.parseLong(line(in, message).strip(), 16);
        copy(in, size, message);
        line(in, message);
      } while (size > 0);
    } else {
      copy(in, length, message);
    }
    if (answer && message.size() == 0) {
      throw new IOException("no answer");
    }
    return message.toByteArray();
  }

  private static String line(InputStream in, ByteArrayOutputStream message) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      line.write(b);
      if (b == '\n') {
        break;
      }
    }
    message.write(line.toByteArray());
    return text(line.toByteArray());
  }

  private static void copy(InputStream in, long count, ByteArrayOutputStream to)
      throws IOException {
    byte[] bytes = in.readNBytes(Math.toIntExact(count));
    if (bytes.length < count) {
      throw new IOException("cut short");
    }
    to.write(bytes);
  }

  private static String text(byte[] bytes) {
    return new String(Arrays.copyOf(bytes, bytes.length), StandardCharsets.ISO_8859_1);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "faulty-proxy");
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
}
