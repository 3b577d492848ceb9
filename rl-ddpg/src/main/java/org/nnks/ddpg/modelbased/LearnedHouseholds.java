package org.nnks.ddpg.modelbased;

import java.util.Arrays;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * What a learner has learned so far as the decision rule of households on any histogram of its
 * economy: the average of the actor's path.
 */
final class LearnedHouseholds implements HouseholdRule {

  private final ModelBasedGradient learner;
  private final HouseholdWorld world;

  /**
   * The rule.
   *
   * @param economy of the calibration that was learned, with any histogram
   */
  LearnedHouseholds(ModelBasedGradient learner, KrusellSmith economy) {
    this.learner = learner;
    world = new HouseholdWorld(economy, learner.networks().summary() != null);
  }

  @Override
  public void nextCapital(Households households, double[][] capital, double[][] nextCapital) {
    double[] summary = summary(households);
    double[] next = null;
    int columns = capital[0].length;
    int heads = capital.length;
    for (int s = 0; s < heads; s++) {
      // A row of capital often is that of every own state: all heads answer at once.
      if (s == 0 || !Arrays.equals(capital[s], capital[s - 1])) {
        HouseholdPoints points = points(households, capital[s]);
        next = points.outcomes(learner.networks().averaged(points, summary)).next();
      }
      for (int i = 0; i < columns; i++) {
        nextCapital[s][i] = next[i * heads + s];
      }
    }
  }

  private HouseholdPoints points(Households households, double[] capital) {
    int[] aggregate = new int[capital.length];
    double[] mean = new double[capital.length];
    Arrays.fill(aggregate, households.aggregateState());
    Arrays.fill(mean, households.meanCapital());
    int[] section = new int[capital.length];
    return new HouseholdPoints(
        world, capital, aggregate, mean, section, new Sections(null, 1, section), null, null);
  }

  /** S of a distribution; null without a summary network. */
  double[] summary(Households households) {
    if (learner.networks().summary() == null) {
      return null;
    }
    double[] masses = Sections.masses(world.economy().states(), households);
    return learner
        .networks()
        .summary()
        .of(learner.networks().summary().average().network(), world.cells(households), masses);
  }

  /** They know prices, and learned what becomes of them. */
  @Override
  public boolean followsForecasts() {
    return false;
  }
}
