package org.nnks.ddpg.modelbased;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * Households: own capital, the aggregate state and K in a row, with a head for each own state. The
 * action is the share of cash on hand that is consumed.
 */
final class HouseholdPoints implements Points {

  /** K moves by a few percent: as an input its deviation is multiplied with this. */
  private static final double MEAN_SCALE = 8;

  /** The least share that keeps capital: where K is large, returns fall below zero. */
  private static final double LEAST = 1e-3;

  /** Next states of z with a smaller probability are left out, the others' scaled up. */
  private static final double NEGLIGIBLE = 1e-3;

  /**
   * What becomes of a cross-section.
   *
   * @param meanCapital K'
   * @param masses next period's cross-section for each next state of z, or one for all of them;
   *     null where none is seen
   */
  record Future(double meanCapital, double[][] masses) {}

  private final HouseholdWorld world;
  private final double[] capital;
  private final int[] aggregate;
  private final double[] meanCapital;
  private final Sections sections;
  private final int[] sectionOf;
  private final Future[] futures;
  private final double[] importance;

  /**
   * Households.
   *
   * @param sectionOf the cross-section of each row
   * @param sections masses of the cross-sections; null where none is seen
   * @param futures of the cross-sections; null if nobody asks for the next period
   * @param importance of each row and own state; null if nobody learns from them
   */
  HouseholdPoints(
      HouseholdWorld world,
      double[] capital,
      int[] aggregate,
      double[] meanCapital,
      int[] sectionOf,
      Sections sections,
      Future[] futures,
      double[] importance) {
    this.world = world;
    this.capital = capital;
    this.aggregate = aggregate;
    this.meanCapital = meanCapital;
    this.sectionOf = sectionOf;
    this.sections = sections;
    this.futures = futures;
    this.importance = importance;
  }

  /** Households at every node of some histograms, histogram by histogram. */
  static HouseholdPoints everywhere(
      HouseholdWorld world, KrusellSmith economy, Households... histograms) {
    int nodes = economy.capital().size();
    int rows = histograms.length * nodes;
    double[] means = Arrays.stream(histograms).mapToDouble(Households::meanCapital).toArray();
    int[] sectionOf = IntStream.range(0, rows).map(row -> row / nodes).toArray();
    return new HouseholdPoints(
        world,
        IntStream.range(0, rows).mapToDouble(row -> economy.capital().get(row % nodes)).toArray(),
        IntStream.of(sectionOf).map(e -> histograms[e].aggregateState()).toArray(),
        IntStream.of(sectionOf).mapToDouble(e -> means[e]).toArray(),
        sectionOf,
        world.summarised() ? Sections.of(economy, sectionOf, histograms) : null,
        null,
        null);
  }

  private int heads() {
    return world.economy().states();
  }

  @Override
  public int rows() {
    return capital.length;
  }

  @Override
  public double[] inputs() {
    int width = world.inputs();
    double[] rows = new double[capital.length * width];
    int states = world.economy().aggregate().size();
    for (int i = 0; i < capital.length; i++) {
      rows[i * width] = world.logInput(capital[i]);
      rows[i * width + 1] = capital[i] / world.steadyCapital() - 1;
      rows[i * width + 2] = HouseholdWorld.centred(aggregate[i], states);
      if (!world.summarised()) {
        rows[i * width + 3] = MEAN_SCALE * (meanCapital[i] / world.steadyCapital() - 1);
      }
    }
    return rows;
  }

  @Override
  public double[] directions() {
    int width = world.inputs();
    double[] rows = new double[capital.length * width];
    for (int i = 0; i < capital.length; i++) {
      rows[i * width] = 1 / (capital[i] + world.offset());
      rows[i * width + 1] = 1 / world.steadyCapital();
    }
    return rows;
  }

  /** The gross return and the wage of a row. */
  private record Prices(double gross, double wage) {}

  /** Prices of every row: rows of a cross-section share them. */
  private Prices[] prices() {
    Prices[] prices = new Prices[capital.length];
    for (int i = 0; i < prices.length; i++) {
      boolean same =
          i > 0 && aggregate[i] == aggregate[i - 1] && meanCapital[i] == meanCapital[i - 1];
      prices[i] =
          same
              ? prices[i - 1]
              : new Prices(
                  world.economy().grossReturn(aggregate[i], meanCapital[i]),
                  world.economy().wage(aggregate[i], meanCapital[i]));
    }
    return prices;
  }

  @Override
  public Link link() {
    return Link.CAPPED_LOG;
  }

  @Override
  public double[] shift() {
    int heads = heads();
    double[] shift = new double[capital.length * heads];
    Prices[] prices = prices();
    for (int i = 0; i < capital.length; i++) {
      for (int s = 0; s < heads; s++) {
        double income = prices[i].wage() * world.economy().income(aggregate[i], s);
        double cash = prices[i].gross() * capital[i] + income;
        double keeping = (cash - capital[i]) / cash;
        double share = Math.max(keeping, LEAST);
        shift[i * heads + s] = link().shift(share);
      }
    }
    return shift;
  }

  /** log(r k + y) / (1 - beta): what keeping capital for ever is worth at r = 1 / beta - 1. */
  @Override
  public double[] value() {
    return each(k -> Math.log(kept(k)) / (1 - world.economy().discountFactor()));
  }

  @Override
  public double[] slope() {
    // r / (1 - beta) = 1 / beta
    return each(k -> 1 / (world.economy().discountFactor() * kept(k)));
  }

  private double kept(double k) {
    return (1 / world.economy().discountFactor() - 1) * k + world.income();
  }

  private double[] each(java.util.function.DoubleUnaryOperator of) {
    int heads = heads();
    double[] values = new double[capital.length * heads];
    for (int i = 0; i < capital.length; i++) {
      Arrays.fill(values, i * heads, (i + 1) * heads, of.applyAsDouble(capital[i]));
    }
    return values;
  }

  @Override
  public double[] importance() {
    return importance;
  }

  @Override
  public Outcomes outcomes(double[] actions) {
    int heads = heads();
    Outcomes all = Outcomes.of(actions.length);
    Prices[] prices = prices();
    for (int i = 0; i < capital.length; i++) {
      double gross = prices[i].gross();
      for (int s = 0; s < heads; s++) {
        int at = i * heads + s;
        double income = prices[i].wage() * world.economy().income(aggregate[i], s);
        double cash = gross * capital[i] + income;
        double a = actions[at];
        all.reward()[at] = Math.log(a * cash);
        all.rewardByAction()[at] = 1 / a;
        all.rewardByCapital()[at] = gross / cash;
        all.next()[at] = (1 - a) * cash;
        all.nextByAction()[at] = -cash;
        all.nextByCapital()[at] = (1 - a) * gross;
      }
    }
    return all;
  }

  /** (1 + r) / c: dV/dk at the best action, by the envelope theorem. */
  @Override
  public double[] slopeUnits(double[] actions) {
    double[] units = outcomes(actions).rewardByCapital();
    for (int i = 0; i < units.length; i++) {
      units[i] /= actions[i];
    }
    return units;
  }

  @Override
  public Successors successors(double[] nextCapital) {
    int heads = heads();
    KrusellSmith economy = world.economy();
    int states = economy.aggregate().size();
    int[][] branches = new int[states][];
    int rows = 0;
    for (int a = 0; a < states; a++) {
      branches[a] = Histograms.branches(economy.aggregate(), a, NEGLIGIBLE);
    }
    for (int a : aggregate) {
      rows += branches[a].length * heads;
    }
    double[] k = new double[rows];
    int[] z = new int[rows];
    double[] mean = new double[rows];
    int[] section = new int[rows];
    int[] owner = new int[rows];
    double[] weights = new double[rows * heads];
    int row = 0;
    for (int i = 0; i < capital.length; i++) {
      int a = aggregate[i];
      double kept =
          Arrays.stream(branches[a]).mapToDouble(b -> economy.aggregate().probability(a, b)).sum();
      for (int b : branches[a]) {
        double toZ = economy.aggregate().probability(a, b) / kept;
        for (int s = 0; s < heads; s++) {
          k[row] = nextCapital[i * heads + s];
          z[row] = b;
          mean[row] = futures[sectionOf[i]].meanCapital();
          section[row] = sectionOf[i] * states + b;
          owner[row] = i * heads + s;
          for (int t = 0; t < heads; t++) {
            weights[row * heads + t] = toZ * economy.transition(a, b).get(s, t);
          }
          row++;
        }
      }
    }
    Sections next = world.summarised() ? nextSections(section, states) : null;
    return new Successors(
        new HouseholdPoints(world, k, z, mean, section, next, null, null), owner, weights);
  }

  private Sections nextSections(int[] sectionOf, int states) {
    int cells = futures[0].masses()[0].length;
    double[] masses = new double[futures.length * states * cells];
    for (int g = 0; g < futures.length; g++) {
      for (int b = 0; b < states; b++) {
        double[][] all = futures[g].masses();
        System.arraycopy(
            all[Math.min(b, all.length - 1)], 0, masses, (g * states + b) * cells, cells);
      }
    }
    return new Sections(masses, futures.length * states, sectionOf);
  }

  @Override
  public Sections sections() {
    return sections;
  }
}
