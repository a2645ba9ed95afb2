package io.clickpy.examples.sample;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A project with its releases, all of which follow from its name and the seed.
 *
 * <p>Thread-safe: what is built at first use is immutable and comes out the same for every thread.
 */
final class Project {
  /** Projects whose files differ by platform. */
  private static final double NATIVE = 0.3;

  private static final String PURE_TAG = "py3-none-any";
  private static final String NATIVE_TAG = "cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64";

  private final String name;
  private final double weight;
  private final long seed;
  private @Nullable AliasTable<Release> releases;

  Project(String name, double weight, long seed) {
    this.name = name;
    this.weight = weight;
    this.seed = SplitMix64.mix(seed, stableHash(name));
  }

  String name() {
    return name;
  }

  /** How often the project is downloaded, relative to others. */
  double weight() {
    return weight;
  }

  /**
   * One of the machines, or fleets of like machines, that download this project again and again: a
   * file and a client, the same whenever asked.
   */
  Download downloadBy(long fleet, long second) {
    SplitMix64 random = new SplitMix64(SplitMix64.mix(seed, fleet));
    Release release = releases().pick(random.next());
    DistributionFile file = release.file(FileType.TABLE.pick(random.next()));
    String country = Country.TABLE.pick(random.next()).code();
    return new Download(second, country, file, Clients.TABLE.pick(random.next()).client());
  }

  private AliasTable<Release> releases() {
    AliasTable<Release> built = releases;
    if (built == null) {
      built = buildReleases();
      releases = built;
    }
    return built;
  }

  /**
   * One release has most of the downloads, 61 per cent on average; the others share the rest by
   * rank.
   */
  private AliasTable<Release> buildReleases() {
    SplitMix64 random = new SplitMix64(seed);
    int count = 6 + (int) random.below(35);
    double topShare = 0.22 + 0.78 * SplitMix64.unit(random.next());
    int top = (int) random.below(4);
    String tag = SplitMix64.unit(random.next()) < NATIVE ? NATIVE_TAG : PURE_TAG;
    VersionScheme scheme = VersionScheme.pick(random.next());
    int major = (int) random.below(5);
    double others = 0;
    for (int rank = 1; rank < count; rank++) {
      others += 1.0 / rank;
    }
    List<Release> all = new ArrayList<>();
    int rank = 1;
    for (int age = 0; age < count; age++) {
      double share = age == top ? topShare : (1 - topShare) / rank++ / others;
      String version = scheme.version(major, count - age, random.next());
      all.add(new Release(version, tag, share));
    }
    return AliasTable.of(all, release -> release.share);
  }

  /** A hash of the name that no Java version changes. */
  private static long stableHash(String name) {
    long hash = 0;
    for (int i = 0; i < name.length(); i++) {
      hash = SplitMix64.mix(hash, name.charAt(i));
    }
    return hash;
  }

  private final class Release {
    private final String version;
    private final String wheelTag;
    private final double share;
    private final Map<FileType, DistributionFile> files = new ConcurrentHashMap<>();

    private Release(String version, String wheelTag, double share) {
      this.version = version;
      this.wheelTag = wheelTag;
      this.share = share;
    }

    private DistributionFile file(FileType type) {
      return files.computeIfAbsent(type, this::build);
    }

    private DistributionFile build(FileType type) {
      String filename = type.filename(name, version, wheelTag);
      return new DistributionFile(
          name,
          version,
          type.label(),
          filename,
          "/packages/" + digestPath(filename) + "/" + filename);
    }

    /** PyPI files each file under its BLAKE2 digest: 256 bits in three folders. */
    private String digestPath(String filename) {
      SplitMix64 random = new SplitMix64(SplitMix64.mix(seed, stableHash(filename)));
      StringBuilder hex = new StringBuilder();
      for (int i = 0; i < 4; i++) {
        hex.append(HexFormat.of().toHexDigits(random.next()));
      }
      return hex.insert(4, '/').insert(2, '/').toString();
    }
  }
}
