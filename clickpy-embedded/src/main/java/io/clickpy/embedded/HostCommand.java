package io.clickpy.embedded;

import com.sun.jna.Native;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How an {@link EngineHost} is called: a small JVM in its working directory, with no more than it
 * needs.
 */
final class HostCommand {

  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));
  private static final int FIRST_RELEASE_TO_ASK_ABOUT_NATIVE_CODE = 24;

  private final ServerSettings settings;
  private final Path work;
  private final Path data;

  HostCommand(ServerSettings settings, Path work, Path data) {
    this.settings = settings;
    this.work = work;
    this.data = data;
  }

  ProcessBuilder toBuilder() {
    List<String> command = new ArrayList<>();
    command.add(JAVA_HOME.resolve("bin").resolve("java").toString());
    command.addAll(jvmOptions());
    command.addAll(List.of("-cp", classPath(), EngineHost.class.getName()));
    command.addAll(
        List.of(
            settings.engine().path().toString(),
            work.toString(),
            data.toString(),
            Integer.toString(settings.httpPort()),
            Integer.toString(settings.nativePort())));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true);
    adapt(builder.environment());
    return builder;
  }

  private List<String> jvmOptions() {
    List<String> options =
        new ArrayList<>(
            List.of(
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // Whatever it leaves, it leaves in the working directory.
                "-Djava.io.tmpdir=" + work,
                "-Djna.tmpdir=" + work,
                "-XX:ErrorFile=" + work.resolve("hs_err.log"),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:-UsePerfData"));
    if (Runtime.version().feature() >= FIRST_RELEASE_TO_ASK_ABOUT_NATIVE_CODE) {
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options;
  }

  private String classPath() {
    String own = codeSource(EngineHost.class);
    return isLibrary() ? own + File.pathSeparator + codeSource(Native.class) : own;
  }

  private void adapt(Map<String, String> environment) {
    environment.put("TZ", "UTC");
    // An agent or a debugger meant for the application has no place in the host.
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS").forEach(environment::remove);
    if (isLibrary()) {
      chainSignals(environment);
    }
  }

  /** Without libjsig the engine's signals and the JVM's kill the host under load. */
  private static void chainSignals(Map<String, String> environment) {
    boolean mac = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac");
    Path jsig = JAVA_HOME.resolve("lib").resolve(mac ? "libjsig.dylib" : "libjsig.so");
    if (!Files.exists(jsig)) {
      throw new EngineException(
          "Cannot host libchdb in this Java runtime: "
              + JAVA_HOME
              + " (it lacks lib/"
              + jsig.getFileName()
              + "). Run on a full JDK or JRE, or name a clickhouse program in the system property"
              + " clickpy.clickhouse.");
    }
    environment.merge(
        mac ? "DYLD_INSERT_LIBRARIES" : "LD_PRELOAD",
        jsig.toString(),
        (given, ours) -> ours + ":" + given);
  }

  private boolean isLibrary() {
    return settings.engine() instanceof Engine.Library;
  }

  private static String codeSource(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      if (source != null && "file".equals(source.getLocation().getProtocol())) {
        return Path.of(source.getLocation().toURI()).toString();
      }
    } catch (URISyntaxException e) {
      // Told below, as any other place that a class path cannot name.
    }
    throw new EngineException(
        "Cannot start the engine's host: "
            + type.getName()
            + " (its code is in no plain jar or directory: "
            + (source == null ? "unknown" : source.getLocation())
            + "). Put clickpy-embedded and jna on the class path as files.");
  }
}
