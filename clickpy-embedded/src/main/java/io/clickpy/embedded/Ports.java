package io.clickpy.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** TCP ports on the loopback interface. */
final class Ports {

  private Ports() {}

  static int requireValid(String what, int port) {
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(
          "Invalid " + what + ": " + port + " (must be 1 to 65535).");
    }
    return port;
  }

  /** A port that was free a moment ago; another process may take it first. */
  static int free() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new EngineException(
          "Cannot find a free loopback port (" + e.getMessage() + "). Name the ports yourself.", e);
    }
  }

  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
