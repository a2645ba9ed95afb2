package io.clickpy.examples.sample;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Makes the rows of a planned file; they depend on the sample and the file's place alone, so files
 * may be made in any order and at once.
 *
 * <p>Real downloads repeat themselves: the same machines fetch the same file day after day. A
 * project therefore has fleets, each with one file and one client, and a row is a download by one
 * of them. A project has as many fleets as its downloads of the day call for, so that a day of
 * millions has about 20 raw rows to a row of the finest rollups, as in reality, whatever its size.
 *
 * <p>Thread-safe.
 */
final class DownloadGenerator {
  /** Downloads by one fleet in a day, on average. */
  private static final double FLEET = 6;

  private static final long SECONDS_PER_DAY = 86_400;

  private final long seed;
  private final List<Project> exact = new ArrayList<>();
  private final AliasTable<Project> drawn;
  private final double drawnWeight;

  DownloadGenerator(SampleDownloads sample) {
    this.seed = sample.seed();
    Set<String> exactNames = sample.exactCounts().keySet();
    exactNames.forEach(name -> exact.add(new Project(name, 0, seed)));
    List<Project> projects = new ArrayList<>();
    double weight = 0;
    for (int rank = 1; projects.size() < sample.projects(); rank++) {
      String name = ProjectNames.at(rank);
      if (!exactNames.contains(name)) {
        Project project = new Project(name, Popularity.at(rank), seed);
        projects.add(project);
        weight += project.weight();
      }
    }
    this.drawn = AliasTable.of(projects, Project::weight);
    this.drawnWeight = weight;
  }

  /** The rows of a file, in its order. */
  Iterator<Download> rows(PlannedFile file) {
    return new Rows(file);
  }

  private final class Rows implements Iterator<Download> {
    private final PlannedFile file;
    private final SplitMix64 random;
    private final long[] exactLeft;
    private long left;

    Rows(PlannedFile file) {
      this.file = file;
      long place = SplitMix64.mix(file.date().toEpochDay(), file.index());
      this.random = new SplitMix64(SplitMix64.mix(seed, place));
      this.exactLeft = file.exact().stream().mapToLong(Long::longValue).toArray();
      this.left = file.rows();
    }

    @Override
    public boolean hasNext() {
      return left > 0;
    }

    @Override
    public Download next() {
      if (left == 0) {
        throw new NoSuchElementException("No more rows in " + file.name());
      }
      long second = file.firstSecond() + random.below(SECONDS_PER_DAY);
      long ticket = exactLeft.length == 0 ? 0 : random.below(left);
      left--;
      for (int i = 0; i < exactLeft.length; i++) {
        if (ticket < exactLeft[i]) {
          exactLeft[i]--;
          return download(exact.get(i), file.exactOfDay().get(i), second);
        }
        ticket -= exactLeft[i];
      }
      Project project = drawn.pick(random.next());
      return download(project, file.drawnOfDay() * project.weight() / drawnWeight, second);
    }

    private Download download(Project project, double rowsOfDay, long second) {
      long fleets = Math.max(1, Math.round(rowsOfDay / FLEET));
      return project.downloadBy(random.below(fleets), second);
    }
  }
}
