package org.nnks.bloom.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.Map;
import org.nnks.bloom.Adjustment;
import org.nnks.bloom.AggregateStates;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.InputBox;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.RandomFeatures;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * The three networks of Yokomoto (2026) section 3.2: the value V(k, n_-1, z; a, s, s_-1, K), the
 * discrete policy g_d of the same state and the prices, and the conditional policy g_c, which has
 * an output for what each branch sets.
 *
 * <p>Inputs are logs of k and n, K, and for the policies the deviation of log p from its forecast,
 * and that of log W where it clears, scaled to [-1, 1]. Each exogenous state (a, s, s_-1, z) has
 * outputs of its own, its head, as networks of declared economies have. The conditional policy's
 * outputs are places on the grids of k and n, on which [-1, 1] is the whole range; what is beyond
 * counts as its end.
 */
public final class PaperNetworks implements AutoCloseable {

  /** Inputs of the value network. */
  static final int STATE_INPUTS = 3;

  /** Inputs of the value whose slopes it learns, from the first: k and n. */
  static final int SLOPES = 2;

  /** Outputs of the conditional policy in each state: k' of {k}, n of {n}, k' and n of {k, n}. */
  static final int PLACES = 4;

  /**
   * The input of a price beyond which networks see no difference; those that they are trained at
   * end at one. Prices of the first quarters, which start far from the mean, may lie in between.
   */
  private static final double FARTHEST_PRICE = 2;

  /** Rows of one forward pass; larger ones are split. */
  private static final int ROWS = 8_192;

  /** Units of the first layer for each unit of slope along k and n; as in core. */
  private static final double UNITS_PER_SLOPE = 8;

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final PaperTraining training;
  private final InputBox meanCapital;
  private final NDManager manager;
  private final DataType precision;
  private final Adam value;
  private final Adam discrete;
  private final Adam conditional;
  private final int policyInputs;
  private final int shocks;
  private final int heads;
  private final int continuations;

  PaperNetworks(
      Bloom economy,
      ChoiceGrid grid,
      PaperTraining training,
      Device device,
      DataType precision,
      Seeds seeds) {
    this.economy = economy;
    this.grid = grid;
    this.training = training;
    this.precision = precision;
    meanCapital = new InputBox(economy.meanCapital().lower(), economy.meanCapital().upper());
    policyInputs = STATE_INPUTS + economy.labour().variables().prices().size();
    shocks = economy.calibration().idiosyncraticStates();
    heads = economy.states().size() * shocks;
    continuations = heads / AggregateStates.VOLATILITIES;
    manager = device.newManager();
    // The value starts as its baseline, a linear function: Yokomoto (2026) footnote 24.
    value = new Adam(network(STATE_INPUTS, continuations, device, seeds, "value-weights"));
    discrete =
        new Adam(
            network(policyInputs, Adjustment.COUNT * heads, device, seeds, "discrete-weights"));
    conditional =
        new Adam(network(policyInputs, PLACES * heads, device, seeds, "conditional-weights"));
  }

  /** A network that is zero, with units that bend everywhere, along k and n more sharply. */
  private Network network(int inputs, int outputs, Device device, Seeds seeds, String stream) {
    NetworkSpec spec = new NetworkSpec(inputs, training.hidden(), outputs, training.activation());
    double[] slopes = new double[inputs];
    Arrays.fill(slopes, 1);
    Arrays.fill(slopes, 0, 2, Math.sqrt(training.hidden().get(0)) / UNITS_PER_SLOPE);
    return Network.of(
        spec, RandomFeatures.draw(spec, slopes, 1, seeds.stream(stream)), device, precision);
  }

  /** Inputs of the policies: those of the value, and p and W as far as they clear. */
  int policyInputs() {
    return policyInputs;
  }

  /** Where the place of k' is, given a branch that sets k'. */
  public static int capital(int branch, int head) {
    return head * PLACES + (branch == Adjustment.BOTH.ordinal() ? 2 : 0);
  }

  /** Where the place of n is, given a branch that sets n. */
  public static int hours(int branch, int head) {
    return head * PLACES + (branch == Adjustment.BOTH.ordinal() ? 3 : 1);
  }

  /** The number of exogenous states: (a, s, s_-1) and z, which is innermost. */
  public int heads() {
    return heads;
  }

  /** The number of (a, s) and z, from which what firms leave behind is seen. */
  int continuations() {
    return continuations;
  }

  /** Writes the inputs of one firm; positions are in nodes. */
  void writeState(double mean, double capital, double hours, double[] inputs, int at) {
    inputs[at] = grid.scaledCapital(capital);
    inputs[at + 1] = grid.scaledHours(hours);
    inputs[at + 2] = meanCapital.scale(economy.meanCapital().clamp(mean));
  }

  /**
   * Writes the inputs of prices behind those of {@link #writeState}.
   *
   * @param deviation of log p from its forecast
   * @param hoursDeviation of log W from its forecast, which counts where W clears
   */
  void writePrices(double deviation, double hoursDeviation, double[] inputs, int at) {
    inputs[at + STATE_INPUTS] = scaledPrice(deviation);
    if (economy.labour().clears()) {
      inputs[at + STATE_INPUTS + 1] = scaledPrice(hoursDeviation);
    }
  }

  /** The input of a price; zero if the networks know forecast prices only. */
  private double scaledPrice(double logDeviation) {
    if (training.priceNoise() == 0) {
      return 0;
    }
    double scaled = logDeviation / training.priceNoise();
    return Math.max(-FARTHEST_PRICE, Math.min(FARTHEST_PRICE, scaled));
  }

  /** The value network's outputs, beta E V less that of baseline and levels, in all (a, s, z). */
  public double[] values(double[] inputs) {
    return forward(value.network(), STATE_INPUTS, inputs, 0, continuations);
  }

  /** Four logits for every row in every exogenous state. */
  public double[] logits(double[] inputs) {
    return forward(discrete.network(), policyInputs, inputs, 0, Adjustment.COUNT * heads);
  }

  /** Four logits for every row in every z of an aggregate state. */
  public double[] logits(double[] inputs, int state) {
    return inState(discrete.network(), inputs, state, Adjustment.COUNT);
  }

  /** {@link #PLACES} places for every row in every exogenous state. */
  public double[] places(double[] inputs) {
    return forward(conditional.network(), policyInputs, inputs, 0, PLACES * heads);
  }

  /** The same in every z of an aggregate state. */
  public double[] places(double[] inputs, int state) {
    return inState(conditional.network(), inputs, state, PLACES);
  }

  private double[] inState(Network network, double[] inputs, int state, int outputs) {
    return forward(network, policyInputs, inputs, state * shocks * outputs, shocks * outputs);
  }

  /** Some outputs from the first: (rows, count). */
  private double[] forward(Network network, int width, double[] inputs, int first, int count) {
    int rows = inputs.length / width;
    double[] all = new double[rows * count];
    int last = network.parameters().size() - 2;
    String columns = ":, %d:%d".formatted(first, first + count);
    try (NDManager scope = manager.newSubManager()) {
      NDArray weight = network.parameters().get(last).get(columns);
      weight.attach(scope);
      NDArray bias = network.parameters().get(last + 1).get(columns);
      bias.attach(scope);
      for (int from = 0; from < rows; from += ROWS) {
        int part = Math.min(ROWS, rows - from);
        double[] some = Arrays.copyOfRange(inputs, from * width, (from + part) * width);
        try (NDManager step = scope.newSubManager()) {
          NDArray x = Network.create(step, some, new Shape(part, width), precision);
          double[] y = Network.toDoubles(network.hidden(x).matMul(weight).add(bias));
          System.arraycopy(y, 0, all, from * count, y.length);
        }
      }
    }
    return all;
  }

  /**
   * One step on the loss of the conditional policy, L_cont: minus the mean right-hand side, whose
   * slopes in all places are given.
   */
  Gradients trainConditional(double[] inputs, double[] slopes, double rate) {
    try (NDManager step = manager.newSubManager()) {
      NDArray x = policyInputs(step, inputs);
      NDArray g =
          Network.create(
              step, slopes, new Shape(x.getShape().get(0), (long) PLACES * heads), precision);
      Gradients gradients =
          Gradients.of(
              conditional.network(),
              step,
              leaves -> conditional.network().forward(leaves, x).mul(g).mean().neg());
      conditional.step(gradients, rate);
      return gradients;
    }
  }

  private NDArray policyInputs(NDManager scope, double[] inputs) {
    return Network.create(
        scope, inputs, new Shape(inputs.length / policyInputs, policyInputs), precision);
  }

  /**
   * One step on the cross-entropy L_disc between the softmax and the branches to take.
   *
   * @param labels shares of the branches, for every row in every exogenous state
   */
  void trainDiscrete(double[] inputs, double[] labels, double rate) {
    try (NDManager step = manager.newSubManager()) {
      NDArray x = policyInputs(step, inputs);
      Shape shape = new Shape(x.getShape().get(0) * heads, Adjustment.COUNT);
      NDArray y = Network.create(step, labels, shape, precision);
      Gradients gradients =
          Gradients.of(
              discrete.network(),
              step,
              leaves ->
                  discrete
                      .network()
                      .forward(leaves, x)
                      .reshape(shape)
                      .logSoftmax(1)
                      .mul(y)
                      .mean()
                      .neg());
      discrete.step(gradients, rate);
    }
  }

  /**
   * One step on the mean squared errors of the value, L_val, and of its slopes.
   *
   * @param goals for every row in all (a, s, z)
   * @param slopes of these in the scaled k and n: (2, rows, ...)
   */
  public void trainValue(double[] inputs, double[] goals, double[] slopes, double rate) {
    try (NDManager step = manager.newSubManager()) {
      NDArray x = stateInputs(step, inputs);
      NDArray y = goals(step, goals);
      NDArray g = slopes(step, slopes);
      Gradients gradients =
          Gradients.of(
              value.network(),
              step,
              leaves -> {
                NDList fitted = value.network().forwardWithSlopes(leaves, x, SLOPES);
                NDArray ofSlopes = fitted.get(1).sub(g).square().mean();
                return fitted.get(0).sub(y).square().mean().add(ofSlopes);
              });
      value.step(gradients, rate);
    }
  }

  private NDArray slopes(NDManager scope, double[] slopes) {
    int rows = slopes.length / SLOPES / continuations;
    return Network.create(scope, slopes, new Shape(SLOPES, rows, continuations), precision);
  }

  private NDArray stateInputs(NDManager scope, double[] inputs) {
    return Network.create(
        scope, inputs, new Shape(inputs.length / STATE_INPUTS, STATE_INPUTS), precision);
  }

  private NDArray goals(NDManager scope, double[] goals) {
    return Network.create(
        scope, goals, new Shape(goals.length / continuations, continuations), precision);
  }

  /**
   * What the value and its slopes are linear in the output layer by: rows of the last hidden layer
   * and a one, then of its slopes and a zero.
   */
  public double[] features(double[] inputs) {
    try (NDManager scope = manager.newSubManager()) {
      NDList hidden =
          value
              .network()
              .hiddenWithSlopes(value.network().parameters(), stateInputs(scope, inputs), SLOPES);
      long rows = hidden.get(0).getShape().get(0);
      long width = hidden.get(0).getShape().get(1);
      NDArray one = scope.ones(new Shape(rows, 1), precision);
      NDArray zero = scope.zeros(new Shape(SLOPES * rows, 1), precision);
      NDArray slopes = hidden.get(1).reshape(SLOPES * rows, width);
      return Network.toDoubles(
          NDArrays.concat(
              new NDList(
                  NDArrays.concat(new NDList(hidden.get(0), one), 1),
                  NDArrays.concat(new NDList(slopes, zero), 1)),
              0));
    }
  }

  /**
   * Changes the output layer of the value by the least-squares solution for what it and its slopes
   * are off by.
   *
   * @param inverse the transposed pseudo-inverse of {@link #features} at the rows
   */
  void fitValue(double[] inputs, double[] goals, double[] slopes, double[] inverse) {
    try (NDManager scope = manager.newSubManager()) {
      NDArray x = stateInputs(scope, inputs);
      NDList fitted = value.network().forwardWithSlopes(value.network().parameters(), x, SLOPES);
      NDArray ofSlopes = slopes(scope, slopes).sub(fitted.get(1)).reshape(-1, continuations);
      NDArray error =
          NDArrays.concat(new NDList(goals(scope, goals).sub(fitted.get(0)), ofSlopes), 0);
      long rows = error.getShape().get(0);
      long width = inverse.length / rows - 1;
      NDArray change =
          Network.create(scope, inverse, new Shape(rows, width + 1), precision)
              .transpose()
              .matMul(error);
      int last = value.network().parameters().size() - 2;
      value.network().parameters().get(last).addi(change.get("0:{}", width));
      value.network().parameters().get(last + 1).addi(change.get("{}:", width));
    }
  }

  /** Forgets past gradients: their squares are a thousand times those of the last steps. */
  public void forget() {
    value.forget();
    discrete.forget();
    conditional.forget();
  }

  /** Adds everything that training goes on from; a solve starts with {@link #forget}. */
  public void save(Map<String, double[]> state) {
    state.put("paper.value", value.network().values());
    state.put("paper.discrete", discrete.network().values());
    state.put("paper.conditional", conditional.network().values());
  }

  /** Continues from {@link #save}. */
  public void restore(Map<String, double[]> state) {
    value.network().setValues(get(state, "paper.value"));
    discrete.network().setValues(get(state, "paper.discrete"));
    conditional.network().setValues(get(state, "paper.conditional"));
  }

  /** A saved array. */
  public static double[] get(Map<String, double[]> state, String name) {
    double[] saved = state.get(name);
    if (saved == null) {
      throw new InvalidInputException(
          "the checkpoint does not hold %s: it was not written by the method neural, or by another"
                  .formatted(name)
              + " version; start anew");
    }
    return saved;
  }

  @Override
  public void close() {
    for (Adam adam : new Adam[] {value, discrete, conditional}) {
      adam.network().close();
      adam.close();
    }
    manager.close();
  }
}
