package org.nnks.ddpg.modelbased;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.ddpg.Learner;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * The replay of economies with a continuum of households, first in, first out: their histograms in
 * single precision, the state of z, K', and where a summary is seen also the histogram of the next
 * period for each next state of z.
 */
final class HistogramReplay {

  /**
   * The share of rows whose capital is drawn anywhere, evenly in log(k + half a quarter's income):
   * few households are poor or rich. More of the poorest would weigh more than they count.
   */
  private static final double ANYWHERE = 0.25;

  /**
   * What such rows count, and what an own state counts at least that few households are in. Others
   * count by how many they stand for: where networks cannot follow everybody, errors have to cancel
   * over the population, or K is off by half a percent.
   */
  private static final double ANYWHERE_COUNTS = 0.1;

  /**
   * The same where households see a summary: with a tenth those whom nobody meets pull so much that
   * the response to a transfer is twice as far from the exact one. Households that see K come
   * nearer to it with a tenth.
   */
  private static final double SUMMARISED_ANYWHERE_COUNTS = 0.01;

  private static final double POOR = 0.5;

  /** The highest capital of such rows, relative to K. */
  private static final double RICH = 5;

  private final KrusellSmith economy;
  private final HouseholdWorld world;
  private final int cells;
  private final int futures;

  /** What a row counts at least. */
  private final double least;

  private final float[][] records;
  private int size;
  private int next;

  HistogramReplay(int capacity, KrusellSmith economy, HouseholdWorld world) {
    this.economy = economy;
    this.world = world;
    least = world.summarised() ? SUMMARISED_ANYWHERE_COUNTS : ANYWHERE_COUNTS;
    cells = economy.states() * economy.capital().size();
    // Without unemployment tomorrow's cross-section does not depend on tomorrow's z.
    boolean same =
        economy.transition(0, 0) == economy.transition(0, economy.aggregate().size() - 1);
    futures = !world.summarised() ? 0 : same ? 1 : economy.aggregate().size();
    records = new float[capacity][];
  }

  /** Remembers a cross-section and where its households go. */
  void add(Households households, double[][] nextCapital) {
    float[] record = new float[2 + cells * (1 + futures)];
    record[0] = households.aggregateState();
    record[1] = (float) households.mean(nextCapital);
    put(households, record, 2);
    for (int b = 0; b < futures; b++) {
      Households then = households.copy();
      then.advance(nextCapital, b);
      put(then, record, 2 + cells * (1 + b));
    }
    records[next] = record;
    next = (next + 1) % records.length;
    size = Math.min(size + 1, records.length);
  }

  private void put(Households households, float[] record, int at) {
    double[] masses = Sections.masses(economy.states(), households);
    for (int i = 0; i < cells; i++) {
      record[at + i] = (float) masses[i];
    }
  }

  private double[] masses(float[] record, int at) {
    double[] masses = new double[cells];
    for (int i = 0; i < cells; i++) {
      masses[i] = record[at + i];
    }
    return masses;
  }

  /** Households of cross-sections that are drawn, members of each. */
  Points sample(int sections, int members, RandomGenerator random) {
    int rows = sections * members;
    double[] capital = new double[rows];
    int[] aggregate = new int[rows];
    double[] mean = new double[rows];
    int[] sectionOf = new int[rows];
    double[] importance = new double[rows * economy.states()];
    double[] masses = new double[sections * cells];
    HouseholdPoints.Future[] after = new HouseholdPoints.Future[sections];
    for (int g = 0; g < sections; g++) {
      float[] record = records[random.nextInt(size)];
      double[] mass = masses(record, 2);
      System.arraycopy(mass, 0, masses, g * cells, cells);
      double[][] then = new double[futures][];
      for (int b = 0; b < futures; b++) {
        then[b] = masses(record, 2 + cells * (1 + b));
      }
      after[g] = new HouseholdPoints.Future(record[1], then);
      double[] wealth = wealth(mass);
      double capitalMean = mean(wealth);
      for (int m = 0; m < members; m++) {
        int row = g * members + m;
        if (random.nextDouble() < ANYWHERE) {
          capital[row] = anywhere(random);
          for (int s = 0; s < economy.states(); s++) {
            importance[row * economy.states() + s] = least;
          }
        } else {
          int node = node(wealth, random.nextDouble());
          capital[row] = near(node, random);
          for (int s = 0; s < economy.states(); s++) {
            double share = mass[s * wealth.length + node] / wealth[node];
            importance[row * economy.states() + s] = Math.max(economy.states() * share, least);
          }
        }
        aggregate[row] = (int) record[0];
        mean[row] = capitalMean;
        sectionOf[row] = g;
      }
    }
    Sections seen = world.summarised() ? new Sections(masses, sections, sectionOf) : null;
    return new HouseholdPoints(world, capital, aggregate, mean, sectionOf, seen, after, importance);
  }

  private double[] wealth(double[] mass) {
    int nodes = economy.capital().size();
    double[] wealth = new double[nodes];
    for (int cell = 0; cell < cells; cell++) {
      wealth[cell % nodes] += mass[cell];
    }
    return wealth;
  }

  private double mean(double[] wealth) {
    double mean = 0;
    for (int i = 0; i < wealth.length; i++) {
      mean += wealth[i] * economy.capital().get(i);
    }
    return mean;
  }

  /** The node of a household that is met, at a quantile. */
  private static int node(double[] wealth, double quantile) {
    double u = quantile;
    int i = 0;
    while (i < wealth.length - 1 && (u >= wealth[i] || wealth[i] == 0)) {
      u -= wealth[i];
      i++;
    }
    return i;
  }

  /** Capital anywhere between the middles of the intervals beside a node. */
  private double near(int node, RandomGenerator random) {
    int last = economy.capital().size() - 1;
    double here = economy.capital().get(node);
    double below = node == 0 ? here : (economy.capital().get(node - 1) + here) / 2;
    double above = node == last ? here : (economy.capital().get(node + 1) + here) / 2;
    return below + random.nextDouble() * (above - below);
  }

  private double anywhere(RandomGenerator random) {
    double offset = POOR * world.income();
    double most = RICH * world.steadyCapital();
    return offset * (Math.pow((most + offset) / offset, random.nextDouble()) - 1);
  }

  void save(Map<String, double[]> state) {
    int width = 2 + cells * (1 + futures);
    double[] all = new double[size * width];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < width; j++) {
        all[i * width + j] = records[i][j];
      }
    }
    state.put("gradient.replay", all);
    state.put("gradient.replay.next", new double[] {next});
  }

  void restore(Map<String, double[]> state) {
    int width = 2 + cells * (1 + futures);
    double[] all = Learner.saved(state, "gradient.replay");
    if (all.length % width != 0 || all.length / width > records.length) {
      throw new IllegalArgumentException(
          "the replay has %d numbers, which are not cross-sections of %d"
              .formatted(all.length, width));
    }
    size = all.length / width;
    Arrays.fill(records, null);
    for (int i = 0; i < size; i++) {
      records[i] = new float[width];
      for (int j = 0; j < width; j++) {
        records[i][j] = (float) all[i * width + j];
      }
    }
    next = (int) Learner.saved(state, "gradient.replay.next")[0];
  }
}
