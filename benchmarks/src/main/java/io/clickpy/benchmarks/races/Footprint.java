package io.clickpy.benchmarks.races;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How much an artifact pulls in, itself included, by the dependency tree that the build writes. A
 * module of this build that is not packed yet counts as its classes.
 *
 * @param jars how many
 * @param bytes of all of them
 */
record Footprint(int jars, long bytes) {
  /** As Maven's {@code dependency:tree} prints: three characters for each level. */
  private static final Pattern LINE =
      Pattern.compile("((?:[|+\\\\ ][ -] )*)\\(?([^:]+:[^:]+):jar:([^: ]+):(compile|runtime).*");

  private static final Pattern CONFLICT = Pattern.compile("omitted for conflict with ([^ ;)]+)");

  /**
   * Returns what an artifact pulls in.
   *
   * @param artifact its group and name, as {@code group:name}
   */
  static Footprint of(String artifact) throws IOException {
    Map<String, Node> tree = tree();
    Set<String> pulledIn = new LinkedHashSet<>();
    collect(artifact, tree, pulledIn);
    long bytes = 0;
    for (String each : pulledIn) {
      bytes += bytes(each, node(each, tree).version());
    }
    return new Footprint(pulledIn.size(), bytes);
  }

  /** An artifact of the tree with what it names itself. */
  private record Node(String version, Set<String> needs) {}

  private static Node node(String artifact, Map<String, Node> tree) {
    Node node = tree.get(artifact);
    if (node == null) {
      throw new IllegalArgumentException(
          "Invalid artifact: '" + artifact + "' (the benchmarks do not depend on it).");
    }
    return node;
  }

  private static void collect(String artifact, Map<String, Node> tree, Set<String> into) {
    if (into.add(artifact)) {
      node(artifact, tree).needs().forEach(each -> collect(each, tree, into));
    }
  }

  private static Map<String, Node> tree() throws IOException {
    Map<String, Node> nodes = new LinkedHashMap<>();
    List<String> path = new ArrayList<>();
    for (String line : lines()) {
      Matcher match = LINE.matcher(line);
      if (match.matches()) {
        int depth = match.group(1).length() / 3;
        String artifact = match.group(2);
        Matcher conflict = CONFLICT.matcher(line);
        String version = conflict.find() ? conflict.group(1) : match.group(3);
        nodes.computeIfAbsent(artifact, name -> new Node(version, new LinkedHashSet<>()));
        path.subList(Math.min(path.size(), depth), path.size()).clear();
        if (depth > 1) {
          node(path.get(depth - 1), nodes).needs().add(artifact);
        }
        while (path.size() < depth) {
          path.add("");
        }
        path.add(artifact);
      }
    }
    return nodes;
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = Footprint.class.getResourceAsStream("/dependency-tree.txt")) {
      if (in == null) {
        throw new IOException("Cannot find dependency-tree.txt. Build with Maven.");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static long bytes(String artifact, String version) throws IOException {
    String name = artifact.substring(artifact.indexOf(':') + 1);
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (path.endsWith(name + "-" + version + ".jar")) {
        return Files.size(path);
      }
      if (path.endsWith(Path.of(name, "target", "classes"))) {
        return bytesBelow(path);
      }
    }
    // Annotations that only compilers read are on no class path.
    return 0;
  }

  private static long bytesBelow(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(path);
      }
    }
    return bytes;
  }
}
