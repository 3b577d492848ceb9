package org.nnks.bloom.networks;

import java.util.random.RandomGenerator;
import org.nnks.bloom.Adjustment;
import org.nnks.bloom.Bloom;

/**
 * Points (k, n_-1, K, p), with W where it clears, at which networks learn; each stands for the
 * firms there in all exogenous states. Mutable, not thread-safe.
 */
final class PaperBatch {

  private final Bloom economy;
  private final PaperNetworks networks;
  private final PaperPoints points;
  private final double[] means;
  private final int[] node;
  private final double[] capital;
  private final double[] hours;
  private final double[] deviation;
  private final double[] hoursDeviation;
  private final double[] inputs;

  /** A batch of which nothing is drawn yet. */
  PaperBatch(Bloom economy, PaperNetworks networks, PaperPoints points, int size) {
    this.economy = economy;
    this.networks = networks;
    this.points = points;
    means = points.meanCapitals();
    node = new int[size];
    capital = new double[size];
    hours = new double[size];
    deviation = new double[size];
    hoursDeviation = new double[size];
    inputs = new double[size * networks.policyInputs()];
  }

  /**
   * Draws all.
   *
   * @param noise half-width of the deviations of log p, and of log W, from their forecasts
   * @param onNodes whether K is at nodes only
   */
  void draw(RandomGenerator random, double noise, boolean onNodes) {
    for (int i = 0; i < node.length; i++) {
      node[i] = points.meanCapital(random, onNodes);
      double[] place = points.place(random);
      capital[i] = place[0];
      hours[i] = place[1];
      deviation[i] = deviation(random, noise);
      if (economy.labour().clears()) {
        hoursDeviation[i] = deviation(random, noise);
      }
      write(i);
    }
  }

  /** Prices are near their forecasts most of the time. */
  private static double deviation(RandomGenerator random, double noise) {
    double u = 2 * random.nextDouble() - 1;
    return noise * u * Math.abs(u);
  }

  private void write(int i) {
    int at = i * networks.policyInputs();
    networks.writeState(means[node[i]], capital[i], hours[i], inputs, at);
    networks.writePrices(deviation[i], hoursDeviation[i], inputs, at);
  }

  /** Puts K on its nodes, on each for as many points. */
  void spreadOverNodes() {
    int each = node.length / economy.meanCapital().size();
    for (int i = 0; i < node.length; i++) {
      node[i] = i / each;
      write(i);
    }
  }

  int size() {
    return node.length;
  }

  /** Which of {@link PaperPoints#meanCapitals} K is. */
  int node(int i) {
    return node[i];
  }

  /** Position of k. */
  double capital(int i) {
    return capital[i];
  }

  /** Position of n_-1. */
  double hours(int i) {
    return hours[i];
  }

  /** Of log p from its forecast. */
  double deviation(int i) {
    return deviation[i];
  }

  /** Of log W from its forecast. */
  double hoursDeviation(int i) {
    return hoursDeviation[i];
  }

  /** The inputs of the policies. */
  double[] inputs() {
    return inputs;
  }

  /** What a firm must adjust: what would leave the grid. */
  int forced(int i) {
    return Adjustment.index(
        capital[i] < economy.calibration().capitalSteps(),
        hours[i] < economy.calibration().hoursSteps());
  }

  /** g_d: the branches with the largest logit, in all exogenous states. */
  int[] branches() {
    int[] branches = PaperRule.largest(networks.logits(inputs));
    for (int at = 0; at < branches.length; at++) {
      branches[at] |= forced(at / networks.heads());
    }
    return branches;
  }

  /** The inputs without prices, which V does not see. */
  double[] stateInputs() {
    double[] without = new double[node.length * PaperNetworks.STATE_INPUTS];
    for (int i = 0; i < node.length; i++) {
      System.arraycopy(
          inputs,
          i * networks.policyInputs(),
          without,
          i * PaperNetworks.STATE_INPUTS,
          PaperNetworks.STATE_INPUTS);
    }
    return without;
  }
}
