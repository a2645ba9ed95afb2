package io.clickpy.query.internal;

import io.clickpy.core.packaging.PackageVersion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version as numbers, so that the order of PEP 440 is that of arrays: the epoch; each number of
 * the release, plus 1; 0 for its end; the phase and its number; the post-release, plus 1; whether
 * this is no development release, and its number. What begins with the same numbers, as all
 * versions of one release, is an interval of that order.
 *
 * @param numbers the numbers, without a local label
 */
record VersionKey(List<BigInteger> numbers) {
  static final String TYPE = "Array(UInt256)";

  /** Whether PEP 440 knows the version, and none of its numbers is too long for the type. */
  static final String KNOWN = "notEmpty(parts) AND NOT match(version, '[0-9]{77}')";

  /** What the columns {@code key}, {@code label} and {@code is_pre} of a version are. */
  static final List<String> COLUMNS =
      List.of(
          "extractGroups(lower(version), concat("
              + "'^v?(?:([0-9]+)!)?([0-9]+(?:[.][0-9]+)*)',"
              + " '(?:[-_.]?(alpha|a|beta|b|preview|pre|rc|c)[-_.]?([0-9]*))?',"
              + " '(-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?',"
              + " '(?:[-_.]?(dev)[-_.]?([0-9]*))?',"
              + " '(?:[+]([a-z0-9]+(?:[-_.][a-z0-9]+)*))?$')) AS parts",
          "arrayMap(n -> toUInt256OrZero(n) + 1, splitByChar('.', parts[2])) AS release",
          "multiIf(parts[3] LIKE 'a%', 1, parts[3] LIKE 'b%', 2, parts[3] != '', 3,"
              + " parts[5] = '' AND parts[6] != '', 0, 4) AS phase",
          "if(parts[5] = '', 0, toUInt256OrZero(extract(parts[5], '[0-9]+')) + 1) AS post",
          "arrayConcat([toUInt256OrZero(parts[1])],"
              + " arraySlice(release, 1, arrayLastIndex(n -> n > 1, release)),"
              + " [0, phase, toUInt256OrZero(parts[4]), post],"
              + " [parts[6] = '', toUInt256OrZero(parts[7])]) AS key",
          "arrayMap(s -> if(match(s, '^[0-9]+$'), greatest('0', trimLeft(s, '0')), s),"
              + " splitByRegexp('[-_.]', parts[8])) AS label",
          "parts[3] != '' OR parts[6] != '' AS is_pre");

  /** More than any number of a version that is known. */
  private static final BigInteger TOO_LONG = BigInteger.TEN.pow(76);

  private static final Pattern NORMAL_FORM =
      Pattern.compile(
          "(?:\\d+!)?\\d+(?:\\.\\d+)*(?:(a|b|rc)(\\d+))?(?:\\.post(\\d+))?(?:\\.dev(\\d+))?(?:\\+.*)?");
  private static final List<String> PHASES = List.of("", "a", "b", "rc");
  private static final int FINAL = 4;

  static VersionKey of(PackageVersion version) {
    Matcher normal = NORMAL_FORM.matcher(version.toString());
    if (!normal.matches()) {
      throw new IllegalArgumentException("Invalid normal form: " + version);
    }
    Optional<BigInteger> post = number(normal, 3);
    Optional<BigInteger> dev = number(normal, 4);
    int phase =
        normal.group(1) != null
            ? PHASES.indexOf(normal.group(1))
            : post.isEmpty() && dev.isPresent() ? 0 : FINAL;
    List<BigInteger> numbers = series(version.epoch(), version.release());
    while (numbers.size() > 1 && numbers.get(numbers.size() - 1).equals(BigInteger.ONE)) {
      numbers.remove(numbers.size() - 1);
    }
    numbers.add(BigInteger.ZERO);
    numbers.add(BigInteger.valueOf(phase));
    numbers.add(number(normal, 2).orElse(BigInteger.ZERO));
    numbers.add(post.map(n -> n.add(BigInteger.ONE)).orElse(BigInteger.ZERO));
    numbers.add(dev.isEmpty() ? BigInteger.ONE : BigInteger.ZERO);
    numbers.add(dev.orElse(BigInteger.ZERO));
    return new VersionKey(List.copyOf(numbers));
  }

  private static Optional<BigInteger> number(Matcher normal, int group) {
    return Optional.ofNullable(normal.group(group)).map(BigInteger::new).map(TOO_LONG::min);
  }

  /** Returns what all versions of a series begin with, if it does not end with zeros. */
  static List<BigInteger> series(BigInteger epoch, List<BigInteger> release) {
    List<BigInteger> numbers = new ArrayList<>();
    numbers.add(epoch.min(TOO_LONG));
    release.forEach(number -> numbers.add(number.min(TOO_LONG).add(BigInteger.ONE)));
    return numbers;
  }

  /** Returns what all versions of this release begin with, and no other. */
  List<BigInteger> release() {
    return numbers.subList(0, numbers.size() - 5);
  }

  /** Returns what this begins with together with its post-releases, and no other. */
  List<BigInteger> base() {
    return numbers.subList(0, numbers.size() - 3);
  }

  /** Returns what this begins with together with its development releases, and no other. */
  List<BigInteger> post() {
    return numbers.subList(0, numbers.size() - 2);
  }

  /** Returns the smallest array that is greater than all that begin with the given numbers. */
  static List<BigInteger> after(List<BigInteger> beginning) {
    List<BigInteger> after = new ArrayList<>(beginning);
    after.add(after.remove(after.size() - 1).add(BigInteger.ONE));
    return after;
  }
}
