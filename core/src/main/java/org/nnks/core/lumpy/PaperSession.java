package org.nnks.core.lumpy;

import java.util.random.RandomGenerator;

/** The steps of {@link PaperBellman} on one training set, under one pair of forecast rules. */
final class PaperSession {

  private final LumpyInvestment economy;
  private final boolean maintenance;
  private final PaperTraining training;
  private final TrainingSet data;
  private final NetworkValue value;
  private final NetworkPolicy policy;
  private final RandomGenerator random;

  private final double[] valueInputs;
  private final double[] policyInputs;
  private final double[] baseline;
  private final int[] keptCell;
  private final double[] rightHandSide;
  private final int[] order;
  private final Continuation[] continuations;

  PaperSession(
      LumpyInvestment economy,
      PaperTraining training,
      TrainingSet data,
      NetworkValue value,
      NetworkPolicy policy,
      RandomGenerator random) {
    this.economy = economy;
    maintenance = economy.freeAdjustment() > 0;
    this.training = training;
    this.data = data;
    this.value = value;
    this.policy = policy;
    this.random = random;
    valueInputs = new double[data.size() * NetworkValue.INPUTS];
    baseline = new double[data.size()];
    keptCell = new int[data.size()];
    rightHandSide = new double[data.size()];
    order = new int[data.size()];
    continuations = new Continuation[data.pairs];
    for (int q = 0; q < data.pairs; q++) {
      continuations[q] = value.newContinuation();
    }
    for (int i = 0; i < data.size(); i++) {
      int h = data.exogenous(i);
      value.writeInputs(h, data.capital[i], data.meanCapital[data.pair(i)], valueInputs, i);
      baseline[i] = value.baseline(h, data.capital[i], data.meanCapital[data.pair(i)]);
      keptCell[i] = continuations[0].cell(data.kept[i]);
      order[i] = i;
    }
    policyInputs = new double[data.pairs * data.shocks * NetworkPolicy.INPUTS];
    for (int q = 0; q < data.pairs; q++) {
      for (int z = 0; z < data.shocks; z++) {
        policy.writeInputs(
            z,
            data.aggregateState[q],
            data.meanCapital[q],
            data.price[q],
            policyInputs,
            q * data.shocks + z);
      }
    }
    readContinuations();
  }

  /** Minibatches in one pass over the training set. */
  private int batches() {
    return Math.max(data.size() / training.batch(), 1);
  }

  private int batch() {
    return Math.min(training.batch(), data.size());
  }

  private void readContinuations() {
    value.tabulate();
    for (int q = 0; q < data.pairs; q++) {
      value.continuation(data.aggregateState[q], data.nextMeanCapital[q], continuations[q]);
    }
  }

  /** Algorithm 4 line 10, TrainPolicyNetwork: equations (34), (35), the value held fixed. */
  void trainPolicy(double rate) {
    int batch = batch();
    double[] inputs = new double[batch * NetworkPolicy.INPUTS];
    double[] price = new double[batch];
    int[] pair = new int[batch];
    int[] shock = new int[batch];
    for (int step = 0; step < batches(); step++) {
      for (int i = 0; i < batch; i++) {
        int q = random.nextInt(data.pairs);
        int z = random.nextInt(data.shocks);
        pair[i] = q;
        shock[i] = z;
        price[i] = data.price[q] + training.priceNoise() * (2 * random.nextDouble() - 1);
        policy.writeInputs(z, data.aggregateState[q], data.meanCapital[q], price[i], inputs, i);
      }
      policy.train(inputs, (i, k) -> continuations[pair[i]].slope(shock[i], k) - price[i], rate);
    }
    policy.publish();
  }

  /**
   * The right-hand side (37) with the policy network's k* and the cost integrated out; then the
   * slow mode is corrected.
   *
   * @return the largest change since the last call
   */
  double updateRightHandSide() {
    double[] targets = policy.targets(policyInputs);
    double change = 0;
    for (int i = 0; i < data.size(); i++) {
      int q = data.pair(i);
      int z = data.shock(i);
      double target = targets[q * data.shocks + z];
      Continuation continuation = continuations[q];
      double inaction = inaction(i, target);
      double gain =
          continuation.value(z, target)
              - data.price[q] * (target - data.undepreciated[i])
              - inaction;
      double right = data.profit[i] + inaction + economy.fixedCost().optionValue(gain);
      change = Math.max(change, Math.abs(right - rightHandSide[i]));
      rightHandSide[i] = right;
    }
    if (training.slowMode()) {
      correctSlowMode();
    }
    return change;
  }

  /** The value of not paying, after production; as in {@link BellmanOperator}. */
  private double inaction(int i, double target) {
    Continuation continuation = continuations[data.pair(i)];
    if (!maintenance) {
      return continuation.value(data.shock(i), keptCell[i], data.kept[i]);
    }
    double stay = economy.unpaid(data.capital[i], target);
    return continuation.value(data.shock(i), stay)
        - data.price[data.pair(i)] * (stay - data.kept[i]);
  }

  /** Moves V and the right-hand side by the part of the remaining error that is known exactly. */
  private void correctSlowMode() {
    double[] fitted = value.network(valueInputs);
    double[] offset = value.offset();
    double[] residual = new double[offset.length];
    double[] count = new double[offset.length];
    for (int i = 0; i < data.size(); i++) {
      int h = data.exogenous(i);
      residual[h] += rightHandSide[i] - baseline[i] - offset[h] - value.scale() * fitted[i];
      count[h]++;
    }
    for (int h = 0; h < residual.length; h++) {
      residual[h] /= count[h];
    }
    double[] correction = value.transition().meanCorrection(residual);
    for (int h = 0; h < offset.length; h++) {
      offset[h] += correction[h];
    }
    value.setOffset(offset);
    for (int i = 0; i < data.size(); i++) {
      int h = data.exogenous(i);
      rightHandSide[i] += correction[h] - residual[h];
    }
  }

  /** Algorithm 4 line 11, TrainValueNetwork: one pass over the training set on the loss (36). */
  void trainValue(double rate) {
    shuffle();
    int batch = batch();
    double[] offset = value.offset();
    double[] inputs = new double[batch * NetworkValue.INPUTS];
    double[] goals = new double[batch];
    for (int step = 0; step < batches(); step++) {
      for (int i = 0; i < batch; i++) {
        int point = order[step * batch + i];
        System.arraycopy(
            valueInputs,
            point * NetworkValue.INPUTS,
            inputs,
            i * NetworkValue.INPUTS,
            NetworkValue.INPUTS);
        goals[i] =
            (rightHandSide[point] - baseline[point] - offset[data.exogenous(point)])
                / value.scale();
      }
      value.train(inputs, goals, rate);
    }
    readContinuations();
  }

  private void shuffle() {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
