package io.clickpy.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Damage to good Parquet files: flipped bits, cuts, and the end of another file.
 *
 * <p>The system property {@code clickpy.mutations.seed} chooses other damage; a test prints the
 * seed that it has.
 */
public final class Mutations {
  private static final int TAIL = 8;

  private final List<byte[]> good;
  private final Random random;

  private Mutations(List<byte[]> good, long seed) {
    this.good = good;
    this.random = new Random(seed);
  }

  /** Returns so many mutations of good files; the same for the same seed and files. */
  public static Stream<Mutation> of(List<byte[]> good, int count) {
    long seed = Long.getLong("clickpy.mutations.seed", 20_240_812L);
    System.out.println("Mutations with -Dclickpy.mutations.seed=" + seed);
    Mutations mutations = new Mutations(good, seed);
    return IntStream.range(0, count).mapToObj(mutations::mutation);
  }

  private Mutation mutation(int number) {
    byte[] file = any();
    return switch (number % 5) {
      case 0 -> new Mutation(number + "-flip", flip(file, 0, file.length));
      case 1 -> new Mutation(number + "-flip-footer", flip(file, footer(file), file.length));
      case 2 -> new Mutation(number + "-flip-pages", flip(file, 0, footer(file)));
      case 3 -> new Mutation(number + "-cut", Arrays.copyOf(file, random.nextInt(file.length)));
      default -> new Mutation(number + "-swap", swap(file, any()));
    };
  }

  private byte[] any() {
    return good.get(random.nextInt(good.size()));
  }

  /** Flips a bit, or a few. */
  private byte[] flip(byte[] file, int from, int to) {
    byte[] bad = file.clone();
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      bad[from + random.nextInt(to - from)] ^= (byte) (1 << random.nextInt(8));
    }
    return bad;
  }

  /** The data of one file, the footer of another; one that fits by chance is no damage. */
  private static byte[] swap(byte[] data, byte[] end) {
    int kept = footer(data);
    int footer = footer(end);
    byte[] bad = Arrays.copyOf(data, kept + end.length - footer);
    System.arraycopy(end, footer, bad, kept, end.length - footer);
    return bad;
  }

  /** Returns where a file's footer begins. */
  public static int footer(byte[] file) {
    int at = file.length - TAIL;
    int length = (file[at] & 0xff) | (file[at + 1] & 0xff) << 8 | (file[at + 2] & 0xff) << 16;
    return at - length;
  }

  /** A damaged file. */
  public static final class Mutation {
    private final String name;
    private final byte[] bytes;

    Mutation(String name, byte[] bytes) {
      this.name = name;
      this.bytes = bytes;
    }

    /** Returns number and kind of the damage. */
    public String name() {
      return name;
    }

    public byte[] bytes() {
      return bytes;
    }
  }
}
