package io.clickpy.ingest.internal.publication;

import io.clickpy.core.ClickPy;
import io.clickpy.core.ClickPyException;
import io.clickpy.core.Command;
import io.clickpy.core.ErrorCode;
import io.clickpy.core.QueryException;
import java.util.UUID;

/**
 * The life of the server, from its start to its end, in which this was asked for: a statement that
 * is executed here runs in this life, or it does not run.
 *
 * <p>It is a session of the server's HTTP interface, which ends with the server, and statements
 * that insist on the session being there.
 */
final class ServerLife {
  private static final int SESSION_NOT_FOUND = 372;
  private static final int SESSION_IS_LOCKED = 373;
  private static final String SESSION = "session_id";
  private static final String TIMEOUT_SECONDS = "600";

  private final ClickPy clickpy;
  private final String session;

  private ServerLife(ClickPy clickpy, String session) {
    this.clickpy = clickpy;
    this.session = session;
  }

  /** Returns the life that the server is in now. */
  static ServerLife now(ClickPy clickpy) {
    String session = "clickpy-" + UUID.randomUUID();
    Command.of("SELECT 1")
        .setting(SESSION, session)
        .setting("session_timeout", TIMEOUT_SECONDS)
        .repeatable()
        .execute(clickpy);
    return ofSession(clickpy, session);
  }

  /** Returns the life in which a session was begun. */
  static ServerLife ofSession(ClickPy clickpy, String session) {
    return new ServerLife(clickpy, session);
  }

  /**
   * Runs a command in this life.
   *
   * @throws EndedException if it is over, or nothing was asked for ten minutes
   */
  void execute(Command command) {
    Command here =
        command
            .setting(SESSION, session)
            .setting("session_timeout", TIMEOUT_SECONDS)
            .setting("session_check", "1");
    for (Pause pause = Pause.ofDefaults(); ; pause.sleep()) {
      try {
        here.execute(clickpy);
        return;
      } catch (QueryException e) {
        if (e.serverCode() == SESSION_NOT_FOUND) {
          throw new EndedException(e);
        }
        // The session is still busy with what this program has given up.
        if (e.serverCode() != SESSION_IS_LOCKED || pause.isLong()) {
          throw e;
        }
      }
    }
  }

  /** The server has been restarted. */
  static final class EndedException extends ClickPyException {
    private static final long serialVersionUID = 1L;

    EndedException(QueryException cause) {
      super(ErrorCode.CONNECTION, "The server was restarted while it published.", cause);
    }
  }
}
