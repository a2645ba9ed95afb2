package io.clickpy.embedded;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The few C functions of {@code libchdb} that make it a server. */
final class Libchdb implements EngineHost.Hosted {

  /**
   * Within this it ends by itself unless clients keep connections open. It would wait 5 seconds for
   * these and then break off all the same.
   */
  private static final long MILLIS_TO_STOP = 1000;

  private final NativeLibrary library;
  private final Path work;

  private Libchdb(NativeLibrary library, Path work) {
    this.library = library;
    this.work = work;
  }

  static Libchdb load(Path path, Path work) {
    return new Libchdb(NativeLibrary.getInstance(path.toString()), work);
  }

  @Override
  public int serve() {
    @Nullable String error =
        runCommandLine(
            List.of(
                "clickhouse",
                "--config-file=" + work.resolve(ServerConfig.FILE),
                "--query="
                    + "SYSTEM START LISTEN HTTP; SYSTEM START LISTEN TCP;"
                    + " SELECT getServerPort('http_port'), getServerPort('tcp_port'), version(), "
                    + ProcessHandle.current().pid()
                    // Relative to the working directory.
                    + (" INTO OUTFILE '" + EngineHost.READY_FILE + "' FORMAT TSV;")
                    // Until standard input ends.
                    + " SELECT count() FROM file('/dev/stdin', 'LineAsString');"
                    + " SYSTEM FLUSH ASYNC INSERT QUEUE"));
    if (error == null) {
      return 0;
    }
    System.err.println(error);
    return 1;
  }

  @Override
  public void stop() throws InterruptedException {
    // Its last query ends with standard input as this is called.
    Thread.sleep(MILLIS_TO_STOP);
  }

  /** Blocks until the queries on the command line end; returns the engine's error, or null. */
  @Nullable String runCommandLine(List<String> arguments) {
    // The JVM's signal handlers and the engine's own would fight.
    library.getFunction("chdb_set_signal_handlers_enabled").invokeVoid(new Object[] {0});
    Memory[] strings = arguments.stream().map(Libchdb::cString).toArray(Memory[]::new);
    Memory argv = new Memory((strings.length + 1L) * Native.POINTER_SIZE);
    argv.clear();
    for (int i = 0; i < strings.length; i++) {
      argv.setPointer((long) i * Native.POINTER_SIZE, strings[i]);
    }
    @Nullable Pointer result =
        library
            .getFunction("chdb_query_cmdline")
            .invokePointer(new Object[] {strings.length, argv});
    if (result == null) {
      return "The engine returned no result.";
    }
    @Nullable Pointer error =
        library.getFunction("chdb_result_error").invokePointer(new Object[] {result});
    return error == null ? null : error.getString(0, StandardCharsets.UTF_8.name());
  }

  /**
   * Ends the process without running the engine's destructors, as Java's halt would: they crash
   * when its threads still run.
   */
  static void exitProcess(int status) {
    NativeLibrary.getProcess().getFunction("_exit").invokeVoid(new Object[] {status});
  }

  private static Memory cString(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    Memory memory = new Memory(bytes.length + 1L);
    memory.write(0, bytes, 0, bytes.length);
    memory.setByte(bytes.length, (byte) 0);
    return memory;
  }
}
