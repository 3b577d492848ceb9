package org.nnks.ddpg.modelbased;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.ddpg.Learner;
import org.nnks.ddpg.environments.ChainShock;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * Economies of Krusell and Smith (1998), each with a continuum of households: Young's histogram.
 * The own state of a household, employment and productivity, is discrete: a head for each.
 * Expectations are sums over the chains of both shocks, and K' is what comes about.
 */
final class Histograms implements Model {

  /** Nodes of capital: the cross-section is smooth, and each period asks the actor for each. */
  private static final int NODES = 120;

  /** Economies side by side. */
  private static final int ECONOMIES = 8;

  /** Cross-sections in the replay: those of the last 500 periods. */
  private static final int REMEMBERED = 500 * ECONOMIES;

  /** Every so many periods the wealth of an economy is scaled, to meet other K than its own. */
  private static final int RESCALED_EVERY = 400;

  private static final double RESCALING = 0.1;

  /**
   * The same where households see a summary: economies that start anew need time for wealth to
   * spread, and a summary has to meet all that lies between.
   */
  private static final int SUMMARISED_RESCALED_EVERY = 800;

  /** How often such a move makes all wealth equal, as it is where economies start. */
  private static final double ANEW = 0.5;

  private final KrusellSmith economy;
  private final HouseholdWorld world;
  private final Households[] economies = new Households[ECONOMIES];
  private final HistogramReplay replay;
  private long periods;

  /**
   * Economies of this kind.
   *
   * @param summarised whether households see a summary of the cross-section, in the place of K
   */
  Histograms(KrusellSmith judged, boolean summarised, RandomGenerator random) {
    economy = new KrusellSmith(judged.calibration().withHistogramNodes(NODES));
    world = new HouseholdWorld(economy, summarised);
    for (int e = 0; e < ECONOMIES; e++) {
      double capital = economy.steadyCapital() * wide(random);
      economies[e] = Households.equal(economy, random.nextInt(economy.aggregate().size()), capital);
    }
    replay = new HistogramReplay(REMEMBERED, economy, world);
  }

  private static double wide(RandomGenerator random) {
    return 1 + RESCALING * (2 * random.nextDouble() - 1);
  }

  @Override
  public double discountFactor() {
    return economy.discountFactor();
  }

  @Override
  public int inputs() {
    return world.inputs();
  }

  @Override
  public int heads() {
    return economy.states();
  }

  @Override
  public double[] cells() {
    return world.cells(economies[0]);
  }

  @Override
  public void advance(Policy policy, RandomGenerator random) {
    periods++;
    int nodes = economy.capital().size();
    int states = economy.states();
    HouseholdPoints points = HouseholdPoints.everywhere(world, economy, economies);
    double[] next = points.outcomes(policy.actions(points)).next();
    for (int e = 0; e < ECONOMIES; e++) {
      double[][] moved = new double[states][nodes];
      for (int i = 0; i < nodes; i++) {
        for (int s = 0; s < states; s++) {
          moved[s][i] = next[(e * nodes + i) * states + s];
        }
      }
      replay.add(economies[e], moved);
      int every = world.summarised() ? SUMMARISED_RESCALED_EVERY : RESCALED_EVERY;
      if ((periods + (long) e * every / ECONOMIES) % every == 0) {
        double factor = wide(random);
        boolean anew = world.summarised() && random.nextDouble() < ANEW;
        double mean = economies[e].mean(moved);
        for (double[] row : moved) {
          Arrays.setAll(row, i -> factor * (anew ? mean : row[i]));
        }
      }
      int z = economies[e].aggregateState();
      economies[e].advance(moved, (int) new ChainShock(economy.aggregate()).draw(z, 0, 0, random));
    }
  }

  @Override
  public Points sample(int sections, int members, RandomGenerator random) {
    return replay.sample(sections, members, random);
  }

  @Override
  public double meanCapital() {
    return Arrays.stream(economies).mapToDouble(Households::meanCapital).average().orElseThrow();
  }

  @Override
  public void save(Map<String, double[]> state) {
    for (int e = 0; e < ECONOMIES; e++) {
      state.put("gradient.economy" + e, economies[e].toMatrix().toArray());
    }
    state.put(
        "gradient.aggregate",
        Arrays.stream(economies).mapToDouble(Households::aggregateState).toArray());
    state.put("gradient.periods", new double[] {periods});
    replay.save(state);
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] aggregate = Learner.saved(state, "gradient.aggregate");
    for (int e = 0; e < ECONOMIES; e++) {
      double[] mass = Learner.saved(state, "gradient.economy" + e);
      double[][] rows = new double[economy.states()][];
      int nodes = economy.capital().size();
      Arrays.setAll(rows, s -> Arrays.copyOfRange(mass, s * nodes, (s + 1) * nodes));
      economies[e] = Households.of(economy, (int) aggregate[e], Matrix.ofRows(rows));
    }
    periods = (long) Learner.saved(state, "gradient.periods")[0];
    replay.restore(state);
  }

  /** Next states of z with their probabilities, but for negligible ones. */
  static int[] branches(MarkovChain chain, int state, double negligible) {
    return java.util.stream.IntStream.range(0, chain.size())
        .filter(b -> chain.probability(state, b) > negligible)
        .toArray();
  }
}
