package io.clickpy.examples.sample;

import io.clickpy.examples.sample.Client.Distro;
import io.clickpy.examples.sample.Client.Installer;
import io.clickpy.examples.sample.Client.Platform;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The clients of PyPI, with their shares. Programs that tell all about their host (pip, uv, poetry,
 * pdm) have Python and system by the shares of 30 days of 2026; the others tell neither, which adds
 * up to the real shares of the unknown ones.
 */
final class Clients {
  /** A client and its share of the downloads, in per cent. */
  record Weighted(Client client, double share) {}

  private record Program(@Nullable Installer installer, double share) {
    static Program of(String name, String version, double share) {
      return new Program(new Installer(name, version), share);
    }

    boolean isPip() {
      return installer != null && installer.name().equals("pip");
    }

    boolean isUv() {
      return installer != null && installer.name().equals("uv");
    }
  }

  private record Python(String version, double share) {}

  private record Host(Platform platform, double share) {}

  /** The part of uv's downloads that name no Python: uv needs none to install. */
  private static final double UV_WITHOUT_PYTHON = 0.0435;

  private static final List<Program> TELLING =
      List.of(
          Program.of("pip", "24.2", 31.553),
          Program.of("pip", "23.0.1", 12),
          Program.of("pip", "21.3.1", 8),
          Program.of("uv", "0.9.11", 45.262),
          Program.of("poetry", "1.8.3", 1.9708),
          Program.of("pdm", "2.18.1", 0.0002));

  private static final Program SETUPTOOLS = Program.of("setuptools", "65.5.0", 0.0222);

  private static final List<Program> SILENT =
      List.of(
          new Program(null, 0.7393),
          Program.of("Bazel", "7.3.1", 0.1933),
          Program.of("requests", "2.32.3", 0.1583),
          Program.of("Nexus", "3.70.1", 0.0610),
          Program.of("Browser", "128.0", 0.0303),
          Program.of("bandersnatch", "6.5.0", 0.0086),
          Program.of("Homebrew", "4.3.17", 0.0005),
          Program.of("devpi", "6.12.1", 0.00003),
          Program.of("OS", "14.6", 0.00002),
          Program.of("conda", "24.7.1", 0.00001),
          Program.of("pex", "2.16.0", 0.00001));

  private static final List<Python> PYTHONS =
      WeightedNames.parse(
          "3.12.4 31.155 3.11.9 20.399 3.13.1 15.311 3.10.14 14.443 3.14.0 6.339 3.9.19 5.431 3.7.17 1.864"
              + " 3.8.19 1.615 3.6.15 0.156 2.7.18 0.104 3.15.0 0.011 3.5.10 0.0017 3.4.10 0.0001 3.16.0 0.00004",
          Python::new);

  private static final List<Host> HOSTS =
      List.of(
          linux(
              "6.1.0-23-amd64", distro("Debian GNU/Linux", "12", "bookworm", "2.36"), "x86_64", 38),
          linux(
              "5.15.0-1066-aws",
              distro("Debian GNU/Linux", "11", "bullseye", "2.31"),
              "x86_64",
              12),
          linux("6.8.0-1013-azure", distro("Ubuntu", "22.04", "jammy", "2.35"), "x86_64", 18),
          linux("6.8.0-40-generic", distro("Ubuntu", "24.04", "noble", "2.39"), "aarch64", 6),
          linux("5.4.0-1131-gcp", distro("Ubuntu", "20.04", "focal", "2.31"), "x86_64", 8.46),
          linux("5.10.223-212.873.amzn2", distro("Amazon Linux", "2", null, "2.26"), "x86_64", 6),
          linux(
              "6.1.102-111.182.amzn2023",
              distro("Amazon Linux", "2023", null, "2.34"),
              "aarch64",
              3),
          linux("6.6.31", new Distro("Alpine Linux", "3.20.2", null, "musl", "1.2.5"), "x86_64", 3),
          linux(
              "4.18.0-553.el8_10",
              distro("Red Hat Enterprise Linux", "8.10", "Ootpa", "2.28"),
              "x86_64",
              1),
          host("Windows", "10", null, "AMD64", 1.6),
          host("Windows", "2022Server", null, "AMD64", 0.554),
          host("Darwin", "23.6.0", new Distro("macOS", "14.6.1", null, null, null), "arm64", 0.9),
          host("Darwin", "21.4.0", new Distro("macOS", "12.3", null, null, null), "x86_64", 0.246),
          host("Android", "5.15.149", null, "aarch64", 0.0127),
          host("FreeBSD", "14.1-RELEASE", null, "amd64", 0.0013),
          host("Emscripten", "3.1.58", null, "wasm32", 0.0008),
          host("iOS", "17.6.1", null, "arm64", 0.0004),
          host("CYGWIN_NT-10.0-26100", "3.5.4", null, "x86_64", 0.00006));

  static final AliasTable<Weighted> TABLE = AliasTable.of(all(), Weighted::share);

  private Clients() {}

  private static List<Weighted> all() {
    List<Weighted> clients = new ArrayList<>();
    double pythons = PYTHONS.stream().mapToDouble(Python::share).sum();
    double hosts = HOSTS.stream().mapToDouble(Host::share).sum();
    for (Program program : TELLING) {
      double withPython = program.isUv() ? 1 - UV_WITHOUT_PYTHON : 1;
      for (Host host : HOSTS) {
        double share = program.share() * host.share() / hosts;
        for (Python python : PYTHONS) {
          double part = withPython * python.share() / pythons;
          clients.add(new Weighted(telling(program, python.version(), host), share * part));
        }
        if (program.isUv()) {
          clients.add(new Weighted(telling(program, null, host), share * UV_WITHOUT_PYTHON));
        }
      }
    }
    for (Python python : PYTHONS) {
      clients.add(
          new Weighted(
              silent(SETUPTOOLS.installer(), python.version()),
              SETUPTOOLS.share() * python.share() / pythons));
    }
    for (Program program : SILENT) {
      clients.add(new Weighted(silent(program.installer(), null), program.share()));
    }
    return clients;
  }

  private static Client telling(Program program, @Nullable String python, Host host) {
    boolean pip = program.isPip();
    return new Client(
        program.installer(),
        python,
        python == null ? null : "CPython",
        host.platform(),
        pip ? "OpenSSL 3.0.14 4 Jun 2024" : null,
        pip ? "72.1.0" : null,
        pip && "arm64".equals(host.platform().cpu()) ? "1.80.0" : null,
        "TLSv1.3",
        "TLS_AES_128_GCM_SHA256");
  }

  private static Client silent(@Nullable Installer installer, @Nullable String python) {
    return new Client(
        installer, python, null, null, null, null, null, "TLSv1.2", "ECDHE-RSA-AES128-GCM-SHA256");
  }

  private static Host linux(String release, Distro distro, String cpu, double share) {
    return host("Linux", release, distro, cpu, share);
  }

  private static Host host(
      String system, String release, @Nullable Distro distro, String cpu, double share) {
    return new Host(new Platform(system, release, distro, cpu), share);
  }

  private static Distro distro(String name, String version, @Nullable String id, String glibc) {
    return new Distro(name, version, id, "glibc", glibc);
  }
}
