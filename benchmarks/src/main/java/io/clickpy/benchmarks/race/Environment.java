package io.clickpy.benchmarks.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where and when a race was run.
 *
 * @param date when it ended, in UTC
 * @param machine the processor, and how many cores
 * @param memoryBytes the machine's memory
 * @param system the operating system
 * @param versions of Java, the server and the libraries, by name
 * @param loadBefore the load average of the minute before the race; more than a few tenths means
 *     that other programs ran
 * @param loadAfter the load average when it ended; the race itself is in it
 */
public record Environment(
    String date,
    String machine,
    long memoryBytes,
    String system,
    Map<String, String> versions,
    double loadBefore,
    double loadAfter) {

  /** Copies the versions. */
  public Environment {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  /** Returns the load average of the last minute; negative if the system does not tell. */
  public static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  /**
   * Returns what can be seen from here.
   *
   * @param versions of the server and the libraries
   * @param loadBefore the load average when the race began
   */
  public static Environment now(Map<String, String> versions, double loadBefore) {
    Map<String, String> all = new TreeMap<>(versions);
    all.put("Java", System.getProperty("java.vm.name") + " " + Runtime.version());
    var system =
        (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Environment(
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
        system.getTotalMemorySize(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        all,
        loadBefore,
        loadAverage());
  }

  private static String processor() {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try (Stream<String> lines = Files.lines(info, StandardCharsets.UTF_8)) {
        return lines
            .filter(line -> line.startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown processor");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return "unknown processor";
  }

  String markdown() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s; %s, %.0f GB, %s; load average %.2f before, %.2f after",
            date,
            machine,
            memoryBytes / 1e9,
            system,
            loadBefore,
            loadAfter));
    versions.forEach((name, version) -> text.append("; ").append(name).append(' ').append(version));
    return text.append(".\n").toString();
  }
}
