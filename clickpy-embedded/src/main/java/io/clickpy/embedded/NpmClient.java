package io.clickpy.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The npm command line client, which brings its own proxy, registry and credentials settings. */
final class NpmClient {

  private static final Logger LOG = LoggerFactory.getLogger(NpmClient.class);
  private static final Pattern INTEGRITY =
      Pattern.compile("\"integrity\"\\s*:\\s*\"sha512-([A-Za-z0-9+/=]+)\"");
  private static final long SECONDS_BETWEEN_PROGRESS = 2;

  private final String command;

  NpmClient(String command) {
    this.command = command;
  }

  /**
   * Fetches a package's archive. The npm client checks it against the registry's digest; here it is
   * checked once more, against what npm says it wrote.
   *
   * @param spec the package's name and version
   * @param into an empty directory for the archive and for what npm keeps meanwhile
   * @return the archive
   */
  Path pack(String spec, Path into) throws IOException, InterruptedException {
    Path answer = into.resolve("npm-answer.json");
    Path complaints = into.resolve("npm-complaints.txt");
    Process npm =
        start(
            new ProcessBuilder(
                    command,
                    "pack",
                    spec,
                    "--json",
                    "--ignore-scripts",
                    "--pack-destination=" + into,
                    // Its own, so that its growth shows the progress, and that no second copy
                    // stays.
                    "--cache=" + into.resolve("npm-cache"))
                .directory(into.toFile())
                .redirectOutput(answer.toFile())
                .redirectError(complaints.toFile()));
    try {
      npm.getOutputStream().close();
      while (!npm.waitFor(SECONDS_BETWEEN_PROGRESS, TimeUnit.SECONDS)) {
        LOG.info("Fetching {}: {} MB so far", spec, Directories.size(into) / 1_000_000);
      }
    } finally {
      npm.descendants().forEach(ProcessHandle::destroyForcibly);
      npm.destroyForcibly();
    }
    if (npm.exitValue() != 0) {
      throw new IOException(
          command
              + " pack "
              + spec
              + " ended with exit code "
              + npm.exitValue()
              + ": "
              + Files.readString(complaints).strip());
    }
    Path archive = onlyArchive(into);
    verify(archive, Files.readString(answer));
    return archive;
  }

  private Process start(ProcessBuilder builder) throws IOException {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException("there is no command " + command, e);
    }
  }

  private static Path onlyArchive(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> archives = files.filter(file -> file.toString().endsWith(".tgz")).toList();
      if (archives.size() != 1) {
        throw new IOException("npm wrote " + archives.size() + " archives instead of one");
      }
      return archives.get(0);
    }
  }

  private static void verify(Path archive, String answer) throws IOException {
    Matcher integrity = INTEGRITY.matcher(answer);
    if (!integrity.find()) {
      throw new IOException("npm told no sha512 integrity for " + archive.getFileName());
    }
    String actual = Base64.getEncoder().encodeToString(sha512(archive));
    if (!actual.equals(integrity.group(1))) {
      throw new IOException(
          archive.getFileName()
              + " is damaged: its sha512 is "
              + actual
              + " instead of "
              + integrity.group(1));
    }
  }

  private static byte[] sha512(Path file) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
