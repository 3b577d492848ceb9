package org.nnks.bloom.networks;

import java.util.random.RandomGenerator;
import org.nnks.bloom.Adjustment;
import org.nnks.bloom.Bloom;

/** Steps on the two policies of Yokomoto (2026) section 3.2, given the value. */
final class PolicyTraining {

  /**
   * Branches whose values differ by no more than some of this, in units of V, share the label: what
   * decides between them is then learnt from the difference, not from its sign alone.
   */
  private static final double TEMPERATURE = 2e-3;

  /** Weight of slopes in branches that are not taken, relative to those that are. */
  private static final double NOT_TAKEN = .1;

  private final PaperTraining training;
  private final PaperNetworks networks;
  private final PaperRightHandSide rightHandSide;
  private final RandomGenerator random;
  private final PaperBatch batch;
  private final int states;
  private final int shocks;

  PolicyTraining(
      Bloom economy,
      PaperTraining training,
      PaperNetworks networks,
      PaperPoints points,
      PaperRightHandSide rightHandSide,
      RandomGenerator random) {
    this.training = training;
    this.networks = networks;
    this.rightHandSide = rightHandSide;
    this.random = random;
    batch = new PaperBatch(economy, networks, points, training.batch());
    states = economy.states().size();
    shocks = economy.calibration().idiosyncraticStates();
  }

  /** Steps on the conditional policy, then on the discrete one. */
  void train(int steps, double rate) {
    trainConditional(steps, rate);
    trainDiscrete(steps, rate);
  }

  /** Trains g_c on the right-hand sides of all branches, above all of those that g_d predicts. */
  private void trainConditional(int steps, double rate) {
    double[] slopes = new double[batch.size() * networks.heads() * PaperNetworks.PLACES];
    for (int step = 0; step < steps; step++) {
      batch.draw(random, training.priceNoise(), false);
      int[] branches = batch.branches();
      double[] places = networks.places(batch.inputs());
      for (int i = 0, head = 0; i < batch.size(); i++) {
        for (int state = 0; state < states; state++) {
          rightHandSide.at(batch, i, state);
          for (int z = 0; z < shocks; z++, head++) {
            for (int branch = 1; branch < Adjustment.COUNT; branch++) {
              double weight = branch == branches[head] ? 1 : NOT_TAKEN;
              rightHandSide.value(z, branch, places, head);
              if ((branch & 1) != 0) {
                int at = PaperNetworks.capital(branch, head);
                slopes[at] = rightHandSide.capitalSlope(weight, places[at]);
              }
              if ((branch & 2) != 0) {
                int at = PaperNetworks.hours(branch, head);
                slopes[at] = rightHandSide.hoursSlope(weight, places[at]);
              }
            }
          }
        }
      }
      networks.trainConditional(batch.inputs(), slopes, rate);
    }
  }

  /** Trains g_d on the branches with the largest values given g_c. */
  private void trainDiscrete(int steps, double rate) {
    double[] labels = new double[batch.size() * networks.heads() * Adjustment.COUNT];
    for (int step = 0; step < steps; step++) {
      batch.draw(random, training.priceNoise(), false);
      double[] places = networks.places(batch.inputs());
      for (int i = 0, head = 0; i < batch.size(); i++) {
        int forced = batch.forced(i);
        for (int state = 0; state < states; state++) {
          rightHandSide.at(batch, i, state);
          for (int z = 0; z < shocks; z++, head++) {
            setLabels(z, forced, places, head, labels);
          }
        }
      }
      networks.trainDiscrete(batch.inputs(), labels, rate);
    }
  }

  private void setLabels(int shock, int forced, double[] places, int head, double[] labels) {
    int first = head * Adjustment.COUNT;
    double best = Double.NEGATIVE_INFINITY;
    for (int branch = 0; branch < Adjustment.COUNT; branch++) {
      boolean allowed = (branch & forced) == forced;
      labels[first + branch] =
          allowed ? rightHandSide.value(shock, branch, places, head) : Double.NEGATIVE_INFINITY;
      best = Math.max(best, labels[first + branch]);
    }
    double sum = 0;
    for (int branch = 0; branch < Adjustment.COUNT; branch++) {
      labels[first + branch] = Math.exp((labels[first + branch] - best) / TEMPERATURE);
      sum += labels[first + branch];
    }
    for (int branch = 0; branch < Adjustment.COUNT; branch++) {
      // the mean is over all four columns
      labels[first + branch] *= Adjustment.COUNT / sum;
    }
  }
}
