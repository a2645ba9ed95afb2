package io.clickpy.core.internal;

import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.TransportException;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.ConnectionException;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.OutcomeUnknownException;
import io.clickpy.core.QueryException;
import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.jspecify.annotations.Nullable;

/** Turns what the driver throws into our own errors. */
final class Errors {
  private static final Pattern SERVER_CODE = Pattern.compile("Code: (\\d+)");

  /** Too many queries, no free connection: nothing has been written yet. */
  private static final Set<Integer> REFUSED_BEFORE_START = Set.of(202, 203);

  /** Busy servers, sockets between servers, Keeper, a leader that moved: all pass. */
  private static final Set<Integer> PASSING =
      Set.of(202, 203, 209, 210, 225, 242, 252, 279, 285, 425, 999);

  private final URI endpoint;

  Errors(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** What went wrong in a call that only reads. */
  ClickPyException ofRead(Throwable thrown, String queryId) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof ClickPyException ours) {
      return ours;
    }
    if (cause instanceof ServerException server) {
      return ofServer(server.getCode(), server.getMessage(), server, PASSING, queryId);
    }
    if (cause instanceof ServerErrorDetector.ServerErrorInStream inStream) {
      String message = String.valueOf(inStream.getMessage());
      Matcher code = SERVER_CODE.matcher(message);
      return ofServer(
          code.find() ? Integer.parseInt(code.group(1)) : 0, message, inStream, PASSING, queryId);
    }
    if (find(cause, IOException.class) == null && find(cause, TransportException.class) == null) {
      return new ClickPyException(
          ErrorCode.INVALID_RESPONSE,
          "Cannot make sense of what %s answered (%s).".formatted(endpoint, reason(cause)),
          cause,
          false,
          queryId);
    }
    return new ConnectionException(
        "Cannot %s %s (%s). Check that the server runs and that this machine reaches it."
            .formatted(wasSent(cause) ? "hear from" : "reach", endpoint, reason(cause)),
        cause,
        queryId);
  }

  /**
   * What went wrong in a call that writes and must not be made twice: unless it never left or the
   * server itself refused it, it may have taken effect.
   */
  ClickPyException ofWrite(Throwable thrown, String queryId) {
    Throwable cause = unwrap(thrown);
    if (cause instanceof ClickPyException ours) {
      return ours;
    }
    if (cause instanceof ServerException server && server.getCode() > 0) {
      return ofServer(server.getCode(), server.getMessage(), server, REFUSED_BEFORE_START, queryId);
    }
    if (!wasSent(cause)) {
      return ofRead(cause, queryId);
    }
    return new OutcomeUnknownException(
        "Cannot tell whether the write took effect (%s; query id %s). Look at the table before repeating it."
            .formatted(reason(cause), queryId),
        cause,
        queryId);
  }

  private static QueryException ofServer(
      int serverCode,
      @Nullable String message,
      Throwable cause,
      Set<Integer> retryable,
      String queryId) {
    return new QueryException(
        kind(serverCode),
        serverCode,
        message == null ? "no message" : message.strip(),
        cause,
        retryable.contains(serverCode),
        queryId);
  }

  private static ErrorCode kind(int serverCode) {
    return switch (serverCode) {
      case 516, 192, 193, 194 -> ErrorCode.AUTHENTICATION;
      case 497, 164, 291, 452 -> ErrorCode.ACCESS_DENIED;
      case 60, 81 -> ErrorCode.NOT_FOUND;
      case 27, 36, 38, 41, 43, 46, 47, 53, 62, 115, 130, 215, 386, 456, 457 ->
          ErrorCode.INVALID_QUERY;
      case 158, 191, 241, 307, 396 -> ErrorCode.LIMIT_EXCEEDED;
      case 159, 160 -> ErrorCode.TIMEOUT;
      case 394 -> ErrorCode.CANCELLED;
      case 201, 202, 203, 252 -> ErrorCode.OVERLOADED;
      default -> ErrorCode.SERVER;
    };
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable cause = thrown;
    while ((cause instanceof ExecutionException || cause instanceof CompletionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    ServerException server = find(cause, ServerException.class);
    if (server != null) {
      return server;
    }
    ServerErrorDetector.ServerErrorInStream inStream =
        find(cause, ServerErrorDetector.ServerErrorInStream.class);
    if (inStream != null) {
      return inStream;
    }
    ClickPyException ours = find(cause, ClickPyException.class);
    return ours == null ? cause : ours;
  }

  /**
   * False if no connection came about. The driver's own exception does not tell: it throws a bare
   * ConnectException for the answers 502 and 503 of a proxy, too.
   */
  private static boolean wasSent(Throwable cause) {
    return find(cause, HttpHostConnectException.class) == null
        && find(cause, UnknownHostException.class) == null
        && find(cause, NoRouteToHostException.class) == null
        && find(cause, SSLHandshakeException.class) == null
        && find(cause, ConnectTimeoutException.class) == null
        && find(cause, ConnectionRequestTimeoutException.class) == null;
  }

  private static String reason(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  private static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }
}
