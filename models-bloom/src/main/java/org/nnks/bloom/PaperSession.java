package org.nnks.bloom;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.nets.RidgeRegression;

/**
 * One outer iteration's training: the losses of Yokomoto (2026) section 3.2 on random points (k,
 * n_-1, K, p), with W where it clears, each of which teaches all exogenous states.
 */
final class PaperSession {

  /** Points at which the change of the right-hand side is measured, for each node of K. */
  static final int MEASURED = 32;

  /**
   * Points at which V is trained and fitted while its target is held: with slopes, 48 rows for each
   * unit.
   */
  private static final int FITTED = 2_048;

  /** Weight of the squared change of a coefficient relative to one point, as in core. */
  private static final double RIDGE = 1e-6;

  /** Steps on the value for each on the policies: on held targets they cost a fifth. */
  private static final int VALUE_STEPS = 4;

  /** Steps on the policies after each fit, and the rate of the last as a share of the final one. */
  private static final int POLICY_STEPS_PER_FIT = 20;

  private static final double LAST_RATE = .1;

  /**
   * Branches whose values differ by no more than some of this, in units of V, share the label: what
   * decides between them is then learnt from the difference, not from its sign alone.
   */
  private static final double TEMPERATURE = 2e-3;

  /** Weight of slopes in branches that are not taken, relative to those that are. */
  private static final double NOT_TAKEN = .1;

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final PaperTraining training;
  private final PaperNetworks networks;
  private final PaperValue value;
  private final PaperPoints points;
  private final ForecastRules rules;
  private final RandomGenerator random;
  private final PaperPoint point;
  private final double[] means;
  private final double[][][] continuations;
  private final SlowModes slowModes;
  private final int shocks;
  private final int heads;

  /** Nodes in a unit of scaled k and n. */
  private final double capitalScale;

  private final double hoursScale;
  private final Batch measured;
  private double squaredError;
  private double gap;

  PaperSession(
      Bloom economy,
      ChoiceGrid grid,
      PaperTraining training,
      PaperNetworks networks,
      PaperValue value,
      PaperPoints points,
      ForecastRules rules,
      RandomGenerator random) {
    this.economy = economy;
    this.grid = grid;
    this.training = training;
    this.networks = networks;
    this.value = value;
    this.points = points;
    this.rules = rules;
    this.random = random;
    point = new PaperPoint(economy, grid);
    shocks = economy.calibration().idiosyncraticStates();
    heads = networks.heads();
    capitalScale = (grid.capitalNodes() - 1) / 2.0;
    hoursScale = (grid.hoursNodes() - 1) / 2.0;
    means = points.meanCapitals();
    continuations = new double[economy.states().size()][means.length][economy.cells()];
    slowModes = new SlowModes(economy);
    slowModes.prepare(rules);
    measured = new Batch(MEASURED * economy.meanCapital().size());
    measured.draw(0, true);
    for (int i = 0; i < measured.size; i++) {
      measured.node[i] = i / MEASURED;
      measured.write(i);
    }
    tabulate();
  }

  private void tabulate() {
    value.tabulate(rules);
    readContinuations();
  }

  private void readContinuations() {
    for (int state = 0; state < continuations.length; state++) {
      for (int j = 0; j < means.length; j++) {
        value.continuation(state, rules.nextCapital(state, means[j]), continuations[state][j]);
      }
    }
  }

  /** A minibatch of places; each stands for the firms there in all exogenous states. */
  private final class Batch {
    private final int size;
    private final int[] node;
    private final double[] capital;
    private final double[] hours;
    private final double[] deviation;
    private final double[] hoursDeviation;
    private final double[] inputs;

    Batch(int size) {
      this.size = size;
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
    void draw(double noise, boolean onNodes) {
      for (int i = 0; i < size; i++) {
        node[i] = points.meanCapital(random, onNodes);
        double[] place = points.place(random);
        capital[i] = place[0];
        hours[i] = place[1];
        deviation[i] = deviation(noise);
        if (economy.labour().clears()) {
          hoursDeviation[i] = deviation(noise);
        }
        write(i);
      }
    }

    /** Prices are near their forecasts most of the time. */
    private double deviation(double noise) {
      double u = 2 * random.nextDouble() - 1;
      return noise * u * Math.abs(u);
    }

    private void write(int i) {
      int at = i * networks.policyInputs();
      networks.writeState(means[node[i]], capital[i], hours[i], inputs, at);
      networks.writePrices(deviation[i], hoursDeviation[i], inputs, at);
    }

    /** Goes to a place in an aggregate state. */
    void at(int i, int state) {
      double mean = means[node[i]];
      point.at(
          economy.states().level(state),
          capital[i],
          hours[i],
          rules.price(state, mean) * Math.exp(deviation[i]),
          economy.labour().expectedPrice(rules, state, mean) * Math.exp(hoursDeviation[i]),
          continuations[state][node[i]]);
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
        branches[at] |= forced(at / heads);
      }
      return branches;
    }

    /** The inputs without prices, which V does not see. */
    double[] stateInputs() {
      double[] without = new double[size * PaperNetworks.STATE_INPUTS];
      for (int i = 0; i < size; i++) {
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

  /** R^ab at the point, with the places of a head. */
  private double value(int shock, int branch, double[] places, int head) {
    return point.value(
        shock,
        branch,
        grid.capitalPosition(places[PaperNetworks.capital(branch, head)]),
        grid.hoursPosition(places[PaperNetworks.hours(branch, head)]));
  }

  /** Trains g_c on the right-hand sides of all branches, above all of those that g_d predicts. */
  private void trainConditional(int steps, double rate) {
    Batch batch = new Batch(training.batch());
    double[] slopes = new double[batch.size * heads * PaperNetworks.PLACES];
    for (int step = 0; step < steps; step++) {
      batch.draw(training.priceNoise(), false);
      int[] branches = batch.branches();
      double[] places = networks.places(batch.inputs);
      for (int i = 0, head = 0; i < batch.size; i++) {
        for (int state = 0; state < continuations.length; state++) {
          batch.at(i, state);
          for (int z = 0; z < shocks; z++, head++) {
            for (int branch = 1; branch < Adjustment.COUNT; branch++) {
              double weight = branch == branches[head] ? 1 : NOT_TAKEN;
              value(z, branch, places, head);
              if ((branch & 1) != 0) {
                int at = PaperNetworks.capital(branch, head);
                slopes[at] = weight * capitalScale * inward(places[at], point.capitalSlope());
              }
              if ((branch & 2) != 0) {
                int at = PaperNetworks.hours(branch, head);
                slopes[at] = weight * hoursScale * inward(places[at], point.hoursSlope());
              }
            }
          }
        }
      }
      networks.trainConditional(batch.inputs, slopes, rate);
    }
  }

  /** A slope, but none that leads further beyond the range of places. */
  private static double inward(double place, double slope) {
    return Math.abs(place) > 1 && place * slope > 0 ? 0 : slope;
  }

  /** Trains g_d on the branches with the largest values given g_c. */
  private void trainDiscrete(int steps, double rate) {
    Batch batch = new Batch(training.batch());
    double[] labels = new double[batch.size * heads * Adjustment.COUNT];
    for (int step = 0; step < steps; step++) {
      batch.draw(training.priceNoise(), false);
      double[] places = networks.places(batch.inputs);
      for (int i = 0, head = 0; i < batch.size; i++) {
        int forced = batch.forced(i);
        for (int state = 0; state < continuations.length; state++) {
          batch.at(i, state);
          for (int z = 0; z < shocks; z++, head++) {
            int first = head * Adjustment.COUNT;
            double best = Double.NEGATIVE_INFINITY;
            for (int branch = 0; branch < Adjustment.COUNT; branch++) {
              boolean allowed = (branch & forced) == forced;
              labels[first + branch] =
                  allowed ? value(z, branch, places, head) : Double.NEGATIVE_INFINITY;
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
      }
      networks.trainDiscrete(batch.inputs, labels, rate);
    }
  }

  /**
   * Trains V on the right-hand side that the two policies give at the forecast price, at points
   * where it is taken once; then fits the output layer there.
   */
  private void trainValue(int steps, double rate) {
    Batch batch = new Batch(FITTED);
    batch.draw(0, true);
    double[] ofSlopes = new double[PaperNetworks.SLOPES * batch.size * heads];
    double[] right = rightHandSide(batch, batch.branches(), places(batch), ofSlopes);
    double[] goals = value.expected(withoutLinear(batch, right));
    double[] slopes = value.expected(ofSlopes);
    double[] inputs = batch.stateInputs();
    int width = networks.continuations();
    int size = training.batch();
    double[] some = new double[size * PaperNetworks.STATE_INPUTS];
    double[] theirs = new double[size * width];
    double[] theirSlopes = new double[PaperNetworks.SLOPES * size * width];
    for (int step = 0; step < steps; step++) {
      for (int i = 0; i < size; i++) {
        int j = random.nextInt(batch.size);
        copy(inputs, j, some, i, PaperNetworks.STATE_INPUTS);
        copy(goals, j, theirs, i, width);
        for (int input = 0; input < PaperNetworks.SLOPES; input++) {
          copy(slopes, input * batch.size + j, theirSlopes, input * size + i, width);
        }
      }
      networks.trainValue(some, theirs, theirSlopes, rate);
    }
    double[] features = networks.features(inputs);
    int rows = (1 + PaperNetworks.SLOPES) * batch.size;
    double[] importance = new double[rows];
    Arrays.fill(importance, 1);
    Arrays.fill(importance, batch.size, rows, Math.sqrt(1.0 / PaperNetworks.SLOPES));
    networks.fitValue(
        inputs,
        goals,
        slopes,
        RidgeRegression.transposedPseudoInverse(
            features, importance, features.length / rows, RIDGE));
  }

  private static void copy(double[] from, int row, double[] to, int toRow, int width) {
    System.arraycopy(from, row * width, to, toRow * width, width);
  }

  private double[] places(Batch batch) {
    return networks.places(batch.inputs);
  }

  /** What the network has to give. */
  private double[] goals(Batch batch, int[] branches, double[] places) {
    return value.expected(withoutLinear(batch, rightHandSide(batch, branches, places)));
  }

  private double[] withoutLinear(Batch batch, double[] right) {
    double[] rest = right.clone();
    for (int i = 0, head = 0; i < batch.size; i++) {
      for (int h = 0; h < heads; h++, head++) {
        rest[head] -=
            value.levels()[value.index(h, batch.node[i])]
                + value.baseline(rules, h / shocks, batch.node[i], batch.capital[i]);
      }
    }
    return rest;
  }

  private double[] rightHandSide(Batch batch, int[] branches, double[] places) {
    return rightHandSide(batch, branches, places, null);
  }

  /**
   * R of the branches taken.
   *
   * @param slopes receives slopes of R less the baseline in the scaled k and n_-1, unless null
   */
  private double[] rightHandSide(Batch batch, int[] branches, double[] places, double[] slopes) {
    double[] right = new double[batch.size * heads];
    for (int i = 0, head = 0; i < batch.size; i++) {
      for (int state = 0; state < continuations.length; state++) {
        batch.at(i, state);
        double baseline =
            grid.capitalStep() * value.baseline(rules, state, batch.node[i], batch.capital[i]);
        for (int z = 0; z < shocks; z++, head++) {
          right[head] = value(z, branches[head], places, head);
          if (slopes != null) {
            slopes[head] = capitalScale * (point.ownCapitalSlope() - baseline);
            slopes[right.length + head] = hoursScale * point.ownHoursSlope();
          }
        }
      }
    }
    return right;
  }

  /**
   * Takes the expectation again with the trained network, corrects the levels, and measures the
   * Bellman error after the correction.
   */
  private void update() {
    tabulate();
    int[] branches = measured.branches();
    double[] places = places(measured);
    double[] network = networks.values(measured.stateInputs());
    double[] goals = goals(measured, branches, places);
    int width = networks.continuations();
    double[] residual = new double[width * economy.meanCapital().size()];
    for (int i = 0, at = 0; i < measured.size; i++) {
      for (int h = 0; h < width; h++, at++) {
        residual[value.index(h, measured.node[i])] += (goals[at] - network[at]) / MEASURED;
      }
    }
    value.addToLevels(slowModes(residual));
    readContinuations();
    measure(network, branches, places);
  }

  /** What mean residuals of beta E V move V by in the end. */
  private double[] slowModes(double[] residual) {
    int nodes = economy.meanCapital().size();
    double[] ofValue = new double[value.levels().length];
    double[] ahead = new double[shocks];
    for (int state = 0; state < continuations.length; state++) {
      for (int node = 0; node < nodes; node++) {
        economy
            .betweenMeanCapitals(rules.nextCapital(state, means[node]))
            .interpolate(residual, value.offset(state), ahead);
        System.arraycopy(ahead, 0, ofValue, (state * nodes + node) * shocks, shocks);
      }
    }
    double[] shift = slowModes.shift(ofValue);
    Arrays.setAll(shift, i -> ofValue[i] + shift[i]);
    return shift;
  }

  private void measure(double[] network, int[] branches, double[] places) {
    double[] right = rightHandSide(measured, branches, places);
    double[] goals = value.expected(withoutLinear(measured, right));
    double squares = 0;
    double absolute = 0;
    for (int i = 0; i < goals.length; i++) {
      double error = goals[i] - network[i];
      squares += error * error;
      absolute += Math.abs(error);
    }
    squaredError = squares / goals.length;
    double size = Arrays.stream(right).map(Math::abs).average().orElseThrow();
    gap = absolute / goals.length / size;
  }

  /**
   * The mean squared Bellman error of beta E V after the last {@link #update}, at points that train
   * nothing: the validation loss of Yokomoto (2026) Figure 14.
   */
  double squaredError() {
    return squaredError;
  }

  /** The mean |T V - V| at these points, as a share of the mean |V|. */
  double gap() {
    return gap;
  }

  /** Steps of an iteration on each network. */
  void iterate(double rate) {
    trainPolicies(training.points() / training.batch(), rate);
    trainValue(VALUE_STEPS * training.points() / training.batch(), rate);
    update();
  }

  /** Fits of V's output layer again and again, as targets follow, and policies with them. */
  void fit() {
    double decay = Math.pow(LAST_RATE, 1.0 / training.fits());
    for (int i = 1; i <= training.fits(); i++) {
      trainValue(0, 0);
      update();
      trainPolicies(POLICY_STEPS_PER_FIT, training.finalRate() * Math.pow(decay, i));
    }
    trainValue(0, 0);
    update();
  }

  private void trainPolicies(int steps, double rate) {
    trainConditional(steps, rate);
    trainDiscrete(steps, rate);
  }
}
