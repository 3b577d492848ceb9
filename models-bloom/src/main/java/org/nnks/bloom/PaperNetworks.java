package org.nnks.bloom;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Map;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.InputBox;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.TargetCopy;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * The three networks of Yokomoto (2026) section 3.2, with the exogenous states among their inputs:
 * the value V(k, n_-1, z; a, s, s_-1, K), the discrete policy g_d of the same state and the price,
 * and the conditional policy g_c of that and the branch.
 *
 * <p>Inputs are scaled to [-1, 1]: logs of k and n, levels of z and a by their order, K, and the
 * deviation of log p from its forecast. The conditional policy's outputs are places on the grids of
 * k and n, bounded by a hyperbolic tangent.
 */
final class PaperNetworks implements AutoCloseable {

  /** Inputs of the value network. */
  static final int STATE_INPUTS = 7;

  /** Inputs of the discrete policy: the state and the price. */
  static final int DISCRETE_INPUTS = STATE_INPUTS + 1;

  /** Inputs of the conditional policy: the state, the price and the branch. */
  static final int CONDITIONAL_INPUTS = DISCRETE_INPUTS + 2;

  /** He's initialisation. */
  private static final double GAIN = Math.sqrt(2);

  /** Rows of one forward pass; larger ones are split. */
  private static final int ROWS = 8_192;

  private final Bloom economy;
  private final ChoiceGrid grid;
  private final PaperTraining training;
  private final InputBox meanCapital;
  private final NDManager manager;
  private final DataType precision;
  private final Adam value;
  private final Adam discrete;
  private final Adam conditional;
  private final TargetCopy target;

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
    manager = device.newManager();
    value = new Adam(network(STATE_INPUTS, 1, device, seeds, "value-weights"));
    // The value starts as its baseline, a linear function: Yokomoto (2026) footnote 24.
    value.network().scaleOutput(0);
    target = new TargetCopy(value.network(), training.targetUpdate());
    discrete =
        new Adam(network(DISCRETE_INPUTS, Adjustment.COUNT, device, seeds, "discrete-weights"));
    conditional = new Adam(network(CONDITIONAL_INPUTS, 2, device, seeds, "conditional-weights"));
  }

  private Network network(int inputs, int outputs, Device device, Seeds seeds, String stream) {
    NetworkSpec spec = new NetworkSpec(inputs, training.hidden(), outputs, training.activation());
    return Network.random(spec, GAIN, device, precision, seeds.stream(stream));
  }

  /** Writes the state inputs of one firm; positions are in nodes. */
  void writeState(
      int state, double mean, int shock, double capital, double hours, double[] inputs, int at) {
    AggregateStates states = economy.states();
    inputs[at] = grid.scaledCapital(capital);
    inputs[at + 1] = grid.scaledHours(hours);
    inputs[at + 2] = scaled(shock, economy.calibration().idiosyncraticStates());
    inputs[at + 3] = scaled(states.productivity(state), states.productivityStates());
    inputs[at + 4] = scaled(states.volatility(state), AggregateStates.VOLATILITIES);
    inputs[at + 5] = scaled(states.laggedVolatility(state), AggregateStates.VOLATILITIES);
    inputs[at + 6] = meanCapital.scale(economy.meanCapital().clamp(mean));
  }

  private static double scaled(int index, int size) {
    return 2.0 * index / (size - 1) - 1;
  }

  /** The price input; zero if the networks know forecast prices only. */
  double scaledPrice(double logDeviation) {
    if (training.priceNoise() == 0) {
      return 0;
    }
    return Math.max(-1, Math.min(1, logDeviation / training.priceNoise()));
  }

  /** The target network's output: V less its baseline. */
  double[] targetValues(double[] inputs) {
    return forward(target.network(), STATE_INPUTS, inputs);
  }

  /** Four logits for every row. */
  double[] logits(double[] inputs) {
    return forward(discrete.network(), DISCRETE_INPUTS, inputs);
  }

  /** Places of k' and n in [-1, 1] for every row. */
  double[] places(double[] inputs) {
    double[] places = forward(conditional.network(), CONDITIONAL_INPUTS, inputs);
    for (int i = 0; i < places.length; i++) {
      places[i] = Math.tanh(places[i]);
    }
    return places;
  }

  private double[] forward(Network network, int width, double[] inputs) {
    int rows = inputs.length / width;
    int outputs = network.spec().outputs();
    double[] all = new double[rows * outputs];
    for (int first = 0; first < rows; first += ROWS) {
      int count = Math.min(ROWS, rows - first);
      double[] part = java.util.Arrays.copyOfRange(inputs, first * width, (first + count) * width);
      try (NDManager scope = manager.newSubManager()) {
        NDArray x = Network.create(scope, part, new Shape(count, width), precision);
        double[] y = Network.toDoubles(network.forward(x));
        System.arraycopy(y, 0, all, first * outputs, y.length);
      }
    }
    return all;
  }

  /**
   * One step on the loss of the conditional policy, L_cont: minus the mean right-hand side, whose
   * slopes in the two places are given.
   */
  Gradients trainConditional(double[] inputs, double[] slopes, double rate) {
    try (NDManager step = manager.newSubManager()) {
      int rows = inputs.length / CONDITIONAL_INPUTS;
      NDArray x = Network.create(step, inputs, new Shape(rows, CONDITIONAL_INPUTS), precision);
      NDArray g = Network.create(step, slopes, new Shape(rows, 2), precision);
      Gradients gradients =
          Gradients.of(
              conditional.network(),
              step,
              leaves -> conditional.network().forward(leaves, x).tanh().mul(g).mean().neg());
      conditional.step(gradients, rate);
      return gradients;
    }
  }

  /** One step on the cross-entropy L_disc between the softmax and the best branches. */
  void trainDiscrete(double[] inputs, int[] best, double rate) {
    try (NDManager step = manager.newSubManager()) {
      double[] labels = new double[best.length * Adjustment.COUNT];
      for (int i = 0; i < best.length; i++) {
        labels[i * Adjustment.COUNT + best[i]] =
            Adjustment.COUNT; // the mean is over all four columns
      }
      NDArray x = Network.create(step, inputs, new Shape(best.length, DISCRETE_INPUTS), precision);
      NDArray y = Network.create(step, labels, new Shape(best.length, Adjustment.COUNT), precision);
      Gradients gradients =
          Gradients.of(
              discrete.network(),
              step,
              leaves -> discrete.network().forward(leaves, x).logSoftmax(1).mul(y).mean().neg());
      discrete.step(gradients, rate);
    }
  }

  /** One step on the mean squared Bellman error L_val; then the target network follows. */
  void trainValue(double[] inputs, double[] goals, double rate) {
    try (NDManager step = manager.newSubManager()) {
      NDArray x = Network.create(step, inputs, new Shape(goals.length, STATE_INPUTS), precision);
      NDArray y = Network.create(step, goals, new Shape(goals.length, 1), precision);
      Gradients gradients =
          Gradients.of(
              value.network(),
              step,
              leaves -> value.network().forward(leaves, x).sub(y).square().mean());
      value.step(gradients, rate);
      target.update();
    }
  }

  /** Adds everything that training goes on from. */
  void save(Map<String, double[]> state) {
    put(state, "paper.value", value);
    put(state, "paper.discrete", discrete);
    put(state, "paper.conditional", conditional);
    state.put("paper.value.target", target.network().values());
  }

  private static void put(Map<String, double[]> state, String name, Adam adam) {
    state.put(name + ".weights", adam.network().values());
    state.put(name + ".moments", adam.moments());
    state.put(name + ".steps", new double[] {adam.steps()});
  }

  /** Continues from {@link #save}. */
  void restore(Map<String, double[]> state) {
    restore(state, "paper.value", value);
    restore(state, "paper.discrete", discrete);
    restore(state, "paper.conditional", conditional);
    target.network().setValues(get(state, "paper.value.target"));
  }

  private static void restore(Map<String, double[]> state, String name, Adam adam) {
    adam.network().setValues(get(state, name + ".weights"));
    adam.restore((long) get(state, name + ".steps")[0], get(state, name + ".moments"));
  }

  /** A saved array. */
  static double[] get(Map<String, double[]> state, String name) {
    double[] saved = state.get(name);
    if (saved == null) {
      throw new InvalidInputException(
          "the checkpoint does not hold %s: it was not written by the method neural"
              .formatted(name));
    }
    return saved;
  }

  @Override
  public void close() {
    for (Adam adam : new Adam[] {value, discrete, conditional}) {
      adam.network().close();
      adam.close();
    }
    target.close();
    manager.close();
  }
}
