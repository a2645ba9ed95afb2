package io.clickpy.core.packaging;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A version of a project on PyPI, as PEP 440 defines it.
 *
 * <p>Versions are ordered as installers order them: {@code 1.0.dev1 < 1.0a1 < 1.0rc1 < 1.0 <
 * 1.0+local < 1.0.post1 < 1.1 < 1!0.1}. Two spellings of one version are equal: {@code 1.0-Alpha_1}
 * is {@code 1.0a1}, and {@code 1.0} is {@code 1.0.0}. {@link #text()} keeps the spelling, under
 * which downloads are stored.
 *
 * <pre>{@code
 * PackageVersion candidate = PackageVersion.parse("2.0-RC.1");
 * String normal = candidate.toString(); // 2.0rc1
 * boolean preRelease = candidate.isPreRelease(); // true
 * boolean older = candidate.compareTo(PackageVersion.parse("2.0")) < 0; // true
 * }</pre>
 *
 * @see <a href="https://peps.python.org/pep-0440/">PEP 440</a>
 */
public final class PackageVersion implements Comparable<PackageVersion> {
  private static final Comparator<PackageVersion> BY_RELEASE =
      Comparator.comparing(PackageVersion::epoch)
          .thenComparing(
              version -> version.significantRelease, lexicographic(Comparator.naturalOrder()));
  private static final Comparator<PackageVersion> BY_BASE =
      BY_RELEASE
          .thenComparing(version -> version.phase)
          .thenComparing(version -> version.phaseNumber);
  private static final Comparator<PackageVersion> PUBLICLY =
      BY_BASE
          .thenComparing(version -> version.post, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(version -> version.dev, Comparator.nullsLast(Comparator.naturalOrder()));
  private static final Comparator<PackageVersion> ORDER =
      PUBLICLY.thenComparing(
          version -> version.local, lexicographic(PackageVersion::compareLocalSegments));

  private final String text;
  private final BigInteger epoch;
  private final List<BigInteger> release;
  private final List<BigInteger> significantRelease;
  private final Phase phase;
  private final BigInteger phaseNumber;
  private final @Nullable BigInteger post;
  private final @Nullable BigInteger dev;
  private final List<String> local;

  /** How far the release itself had come, in the order of time. */
  enum Phase {
    /** A development release of what has not even an alpha. */
    DEVELOPMENT(""),
    ALPHA("a"),
    BETA("b"),
    CANDIDATE("rc"),
    FINAL("");

    private final String symbol;

    Phase(String symbol) {
      this.symbol = symbol;
    }
  }

  /**
   * @param preRelease alpha, beta or candidate; final for none of them
   * @param local segments in lower case and without leading zeros
   */
  PackageVersion(
      String text,
      BigInteger epoch,
      List<BigInteger> release,
      Phase preRelease,
      BigInteger phaseNumber,
      @Nullable BigInteger post,
      @Nullable BigInteger dev,
      List<String> local) {
    this.text = text;
    this.epoch = epoch;
    this.release = List.copyOf(release);
    this.significantRelease = withoutTrailingZeros(this.release);
    this.phase =
        preRelease == Phase.FINAL && post == null && dev != null ? Phase.DEVELOPMENT : preRelease;
    this.phaseNumber = phaseNumber;
    this.post = post;
    this.dev = dev;
    this.local = List.copyOf(local);
  }

  /**
   * Reads a version in any spelling that PEP 440 allows, spaces around it included.
   *
   * @param text as {@code 1.2.3}, {@code v2.0-beta.1} or {@code 1!1.0.post2.dev3+ubuntu.1}
   * @throws IllegalArgumentException if it is no version, or one of its numbers has more than 4,300
   *     digits, which Python does not read either
   */
  public static PackageVersion parse(String text) {
    return PackageVersionParser.parse(text);
  }

  /**
   * Reads a version if the text is one. PyPI has old releases whose versions are none, as {@code
   * 2004d}.
   *
   * @param text any text
   */
  public static Optional<PackageVersion> tryParse(String text) {
    try {
      return Optional.of(parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the version as it was written, without spaces around it. */
  public String text() {
    return text;
  }

  /** Returns the epoch, which outweighs all else; 0 if none was written. */
  public BigInteger epoch() {
    return epoch;
  }

  /** Returns the numbers of the release as written, trailing zeros included; at least one. */
  public List<BigInteger> release() {
    return release;
  }

  /** Returns the first number of the release. */
  public BigInteger major() {
    return release.get(0);
  }

  /** Returns the second number of the release; 0 if it has one alone. */
  public BigInteger minor() {
    return release.size() > 1 ? release.get(1) : BigInteger.ZERO;
  }

  /**
   * Returns whether this is an alpha, beta, candidate or development release: what installers leave
   * out unless asked.
   */
  public boolean isPreRelease() {
    return dev != null || phase != Phase.FINAL;
  }

  /** Returns whether this is a development release, as {@code 1.0.dev3} or {@code 1.0a1.dev3}. */
  public boolean isDevRelease() {
    return dev != null;
  }

  /** Returns whether this is a post-release, as {@code 1.0.post1} or {@code 1.0.post1.dev2}. */
  public boolean isPostRelease() {
    return post != null;
  }

  /** Returns whether it bears a local label, as {@code 1.0+ubuntu.1}. */
  boolean isLocal() {
    return !local.isEmpty();
  }

  /** Compares as if neither had a local label. */
  int comparePublicly(PackageVersion other) {
    return PUBLICLY.compare(this, other);
  }

  /**
   * Returns whether this is of the given epoch, and its release begins with the given numbers; a
   * short release goes on with zeros.
   */
  boolean isInSeries(BigInteger givenEpoch, List<BigInteger> numbers) {
    if (!epoch.equals(givenEpoch)) {
      return false;
    }
    for (int i = 0; i < numbers.size(); i++) {
      BigInteger number = i < release.size() ? release.get(i) : BigInteger.ZERO;
      if (!number.equals(numbers.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether this is a pre-release of the given final or post-release. */
  boolean isPreReleaseOf(PackageVersion version) {
    return isPreRelease()
        && compareTo(version) < 0
        && BY_RELEASE.compare(this, version) == 0
        && (version.post == null || (phase == Phase.FINAL && version.post.equals(post)));
  }

  /** Returns whether this is a post-release of the given version, which is none itself. */
  boolean isPostReleaseOf(PackageVersion version) {
    return post != null
        && version.post == null
        && version.dev == null
        && BY_BASE.compare(this, version) == 0;
  }

  /** Compares in the order of PEP 440. Consistent with {@link #equals}. */
  @Override
  public int compareTo(PackageVersion other) {
    return ORDER.compare(this, other);
  }

  /** Returns whether both are one version, however it is written. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PackageVersion version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return Objects.hash(epoch, significantRelease, phase, phaseNumber, post, dev, local);
  }

  /**
   * Returns the version in the normal form of PEP 440, which keeps trailing zeros of the release.
   */
  @Override
  public String toString() {
    StringBuilder normal = new StringBuilder();
    if (epoch.signum() != 0) {
      normal.append(epoch).append('!');
    }
    normal.append(joined(release));
    if (!phase.symbol.isEmpty()) {
      normal.append(phase.symbol).append(phaseNumber);
    }
    if (post != null) {
      normal.append(".post").append(post);
    }
    if (dev != null) {
      normal.append(".dev").append(dev);
    }
    if (isLocal()) {
      normal.append('+').append(joined(local));
    }
    return normal.toString();
  }

  private static String joined(List<?> parts) {
    return parts.stream().map(Object::toString).collect(Collectors.joining("."));
  }

  private static List<BigInteger> withoutTrailingZeros(List<BigInteger> numbers) {
    int size = numbers.size();
    while (size > 0 && numbers.get(size - 1).signum() == 0) {
      size--;
    }
    return numbers.subList(0, size);
  }

  /** A number comes after a word; numbers by value, words by their letters. */
  private static int compareLocalSegments(String one, String other) {
    boolean isNumber = Ascii.isNumber(one);
    if (isNumber != Ascii.isNumber(other)) {
      return isNumber ? 1 : -1;
    }
    boolean longerIsGreater = isNumber && one.length() != other.length();
    return longerIsGreater ? Integer.compare(one.length(), other.length()) : one.compareTo(other);
  }

  /** By the first elements that differ; if none do, the shorter list comes first. */
  private static <T> Comparator<List<T>> lexicographic(Comparator<? super T> order) {
    return (one, other) -> {
      Iterator<T> others = other.iterator();
      for (T element : one) {
        if (!others.hasNext()) {
          return 1;
        }
        int compared = order.compare(element, others.next());
        if (compared != 0) {
          return compared;
        }
      }
      return others.hasNext() ? -1 : 0;
    };
  }
}
