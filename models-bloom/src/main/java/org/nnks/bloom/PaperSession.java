package org.nnks.bloom;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.forecast.ForecastRules;

/** One outer iteration's training: the losses of Yokomoto (2026) section 3.2 on random points. */
final class PaperSession {

  /** Points at which the change of the right-hand side is measured, for each (state, K, z). */
  static final int MEASURED = 8;

  /** Half the distance of the difference quotients that train the conditional policy, in nodes. */
  static final double HALF_STEP = .25;

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final PaperTraining training;
  private final PaperNetworks networks;
  private final PaperValue value;
  private final ForecastRules rules;
  private final RandomGenerator random;
  private final PaperPoint point;
  private final double[][][] continuations;
  private final SlowModes slowModes;
  private final int shocks;

  /** The lowest nodes from which firms may do nothing. */
  private final int lowestCapital;

  private final int lowestHours;
  private final double[] measuredCapital;
  private final double[] measuredHours;
  private final double[] rightHandSide;
  private double squaredError;

  PaperSession(
      Bloom economy,
      ChoiceGrid grid,
      PaperTraining training,
      PaperNetworks networks,
      PaperValue value,
      ForecastRules rules,
      RandomGenerator random) {
    this.economy = economy;
    this.grid = grid;
    this.training = training;
    this.networks = networks;
    this.value = value;
    this.rules = rules;
    this.random = random;
    point = new PaperPoint(economy, grid);
    shocks = economy.calibration().idiosyncraticStates();
    int states = economy.states().size();
    int nodes = economy.meanCapital().size();
    continuations = new double[states][nodes][economy.cells()];
    slowModes = new SlowModes(economy);
    slowModes.prepare(rules);
    lowestCapital = economy.calibration().capitalSteps();
    lowestHours = economy.calibration().hoursSteps();
    int heads = value.levels().length;
    measuredCapital =
        random.doubles((long) heads * MEASURED, lowestCapital, grid.capitalNodes() - 1).toArray();
    measuredHours =
        random.doubles((long) heads * MEASURED, lowestHours, grid.hoursNodes() - 1).toArray();
    rightHandSide = new double[heads * MEASURED];
    tabulate();
  }

  private void tabulate() {
    value.tabulate(rules);
    readContinuations();
  }

  private void readContinuations() {
    for (int state = 0; state < continuations.length; state++) {
      for (int node = 0; node < continuations[state].length; node++) {
        double next = rules.nextCapital(state, economy.meanCapital().get(node));
        value.table().continuation(state, next, continuations[state][node]);
      }
    }
  }

  /** A minibatch of firms. */
  private final class Batch {
    private final int size;
    private final int[] state;
    private final int[] node;
    private final int[] shock;
    private final double[] capital;
    private final double[] hours;
    private final double[] price;
    private final double[] inputs;

    Batch(int size) {
      this.size = size;
      state = new int[size];
      node = new int[size];
      shock = new int[size];
      capital = new double[size];
      hours = new double[size];
      price = new double[size];
      inputs = new double[size * PaperNetworks.DISCRETE_INPUTS];
    }

    void draw(double noise) {
      for (int i = 0; i < size; i++) {
        state[i] = random.nextInt(economy.states().size());
        node[i] = random.nextInt(economy.meanCapital().size());
        shock[i] = random.nextInt(shocks);
        capital[i] =
            lowestCapital + random.nextDouble() * (grid.capitalNodes() - 1 - lowestCapital);
        hours[i] = lowestHours + random.nextDouble() * (grid.hoursNodes() - 1 - lowestHours);
        set(i, noise * (2 * random.nextDouble() - 1));
      }
    }

    void set(int i, double deviation) {
      double mean = economy.meanCapital().get(node[i]);
      price[i] = rules.price(state[i], mean) * Math.exp(deviation);
      int at = i * PaperNetworks.DISCRETE_INPUTS;
      networks.writeState(state[i], mean, shock[i], capital[i], hours[i], inputs, at);
      inputs[at + PaperNetworks.STATE_INPUTS] = networks.scaledPrice(deviation);
    }

    /** g_d: the branch with the largest logit. */
    int[] branches() {
      return PaperRule.largest(networks.logits(inputs));
    }

    double[] conditionalInputs(int[] branches) {
      return PaperRule.conditionalInputs(inputs, branches);
    }

    /** The inputs without the price, which V does not see. */
    double[] stateInputs() {
      double[] without = new double[size * PaperNetworks.STATE_INPUTS];
      for (int i = 0; i < size; i++) {
        System.arraycopy(
            inputs,
            i * PaperNetworks.DISCRETE_INPUTS,
            without,
            i * PaperNetworks.STATE_INPUTS,
            PaperNetworks.STATE_INPUTS);
      }
      return without;
    }

    /** R^ab at places of k' and n in [-1, 1]. */
    double value(int i, int branch, double toCapital, double toHours) {
      return point.value(
          continuations[state[i]][node[i]],
          economy.states().level(state[i]),
          shock[i],
          capital[i],
          hours[i],
          price[i],
          branch,
          (toCapital + 1) / 2 * (grid.capitalNodes() - 1),
          (toHours + 1) / 2 * (grid.hoursNodes() - 1));
    }
  }

  private int steps() {
    return training.points() / training.batch();
  }

  /** Trains g_c on the right-hand side of the branch that g_d predicts. */
  void trainConditional(double rate) {
    Batch batch = new Batch(training.batch());
    double capitalStep = 2 * HALF_STEP / (grid.capitalNodes() - 1);
    double hoursStep = 2 * HALF_STEP / (grid.hoursNodes() - 1);
    for (int step = 0; step < steps(); step++) {
      batch.draw(training.priceNoise());
      int[] branches = batch.branches();
      double[] inputs = batch.conditionalInputs(branches);
      double[] places = networks.places(inputs);
      double[] slopes = new double[places.length];
      for (int i = 0; i < batch.size; i++) {
        double k = places[2 * i];
        double n = places[2 * i + 1];
        int branch = branches[i];
        slopes[2 * i] =
            (batch.value(i, branch, k + capitalStep, n)
                    - batch.value(i, branch, k - capitalStep, n))
                / (2 * capitalStep);
        slopes[2 * i + 1] =
            (batch.value(i, branch, k, n + hoursStep) - batch.value(i, branch, k, n - hoursStep))
                / (2 * hoursStep);
      }
      networks.trainConditional(inputs, slopes, rate);
    }
  }

  /** Trains g_d on the branch with the largest value given g_c. */
  void trainDiscrete(double rate) {
    Batch batch = new Batch(training.batch());
    for (int step = 0; step < steps(); step++) {
      batch.draw(training.priceNoise());
      double[][] values = new double[Adjustment.COUNT][batch.size];
      for (int branch = 0; branch < Adjustment.COUNT; branch++) {
        int[] same = new int[batch.size];
        Arrays.fill(same, branch);
        double[] places = networks.places(batch.conditionalInputs(same));
        for (int i = 0; i < batch.size; i++) {
          values[branch][i] = batch.value(i, branch, places[2 * i], places[2 * i + 1]);
        }
      }
      int[] best = new int[batch.size];
      for (int i = 0; i < batch.size; i++) {
        for (int branch = 1; branch < Adjustment.COUNT; branch++) {
          best[i] = values[branch][i] > values[best[i]][i] ? branch : best[i];
        }
      }
      networks.trainDiscrete(batch.inputs, best, rate);
    }
  }

  /** Trains V on the right-hand side that the two policies give at the forecast price. */
  void trainValue(double rate) {
    Batch batch = new Batch(training.batch());
    double[] goals = new double[batch.size];
    for (int step = 0; step < steps(); step++) {
      batch.draw(0);
      double[] right = rightHandSide(batch);
      for (int i = 0; i < batch.size; i++) {
        goals[i] = right[i] - withoutNetwork(batch, i);
      }
      networks.trainValue(batch.stateInputs(), goals, rate);
    }
  }

  private double[] rightHandSide(Batch batch) {
    int[] branches = batch.branches();
    double[] places = networks.places(batch.conditionalInputs(branches));
    double[] right = new double[batch.size];
    for (int i = 0; i < batch.size; i++) {
      right[i] = batch.value(i, branches[i], places[2 * i], places[2 * i + 1]);
    }
    return right;
  }

  private double withoutNetwork(Batch batch, int i) {
    return value.levels()[value.level(batch.state[i], batch.node[i], batch.shock[i])]
        + value.baseline(rules, batch.state[i], batch.node[i], batch.capital[i]);
  }

  /**
   * Takes the expectation again with the trained network, corrects the levels, and measures the
   * Bellman error of the target network after the correction.
   *
   * @return the mean absolute change of the right-hand side at fixed points since the last call
   */
  double update() {
    tabulate();
    int heads = value.levels().length;
    Batch batch = new Batch(heads * MEASURED);
    for (int i = 0; i < batch.size; i++) {
      int head = i / MEASURED;
      batch.shock[i] = head % shocks;
      batch.node[i] = head / shocks % economy.meanCapital().size();
      batch.state[i] = head / shocks / economy.meanCapital().size();
      batch.capital[i] = measuredCapital[i];
      batch.hours[i] = measuredHours[i];
      batch.set(i, 0);
    }
    double[] right = rightHandSide(batch);
    double[] network = networks.targetValues(batch.stateInputs());
    double[] residual = new double[heads];
    double change = 0;
    for (int i = 0; i < batch.size; i++) {
      residual[i / MEASURED] += (right[i] - withoutNetwork(batch, i) - network[i]) / MEASURED;
      change += Math.abs(right[i] - rightHandSide[i]) / batch.size;
      rightHandSide[i] = right[i];
    }
    double[] shift = slowModes.shift(residual);
    Arrays.setAll(shift, head -> residual[head] + shift[head]);
    value.addToLevels(shift);
    readContinuations();
    squaredError = squaredError(batch, network);
    return change;
  }

  private double squaredError(Batch batch, double[] network) {
    double[] right = rightHandSide(batch);
    double sum = 0;
    for (int i = 0; i < batch.size; i++) {
      double error = right[i] - withoutNetwork(batch, i) - network[i];
      sum += error * error;
    }
    return sum / batch.size;
  }

  /**
   * The mean squared Bellman error of the value that the last {@link #update} left, the target
   * network with its corrected levels, at points that train nothing: the validation loss of
   * Yokomoto (2026) Figure 14.
   */
  double squaredError() {
    return squaredError;
  }
}
