package org.nnks.ddpg;

import java.util.Arrays;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.HouseholdEnvironment;

/**
 * Output layers over the same hidden layers, one for each pair of an aggregate and an idiosyncratic
 * state of the economy's chains: what is decided in one exogenous state says little about the
 * decisions in another. Between states outputs are interpolated linearly; beyond the outermost they
 * stay. Immutable.
 */
final class Heads {

  private final HouseholdEnvironment environment;
  private final double[][] weights;

  private Heads(HouseholdEnvironment environment, double[][] weights) {
    this.environment = environment;
    this.weights = weights;
  }

  /** The same output layer, its last weight being the bias, in all states. */
  static Heads copies(HouseholdEnvironment environment, double[] layer) {
    double[][] weights = new double[environment.heads()][];
    Arrays.setAll(weights, head -> layer.clone());
    return new Heads(environment, weights);
  }

  /** These layers with others in their place, which the caller must not change. */
  Heads with(double[][] others) {
    return new Heads(environment, others);
  }

  /** The output of one head at a row of features. */
  double output(int head, double[] features, int row) {
    double[] layer = weights[head];
    int width = layer.length - 1;
    int at = row * width;
    double output = layer[width];
    for (int j = 0; j < width; j++) {
      output += layer[j] * features[at + j];
    }
    return output;
  }

  /** The output at a state whose features are a row of these. */
  double output(AgentState state, double[] features, int row) {
    double z = environment.aggregatePosition(state.productivity());
    double l = environment.ownPosition(state.labour());
    double output = 0;
    for (int a = (int) z; a <= Math.ceil(z); a++) {
      for (int s = (int) l; s <= Math.ceil(l); s++) {
        double share = (1 - Math.abs(z - a)) * (1 - Math.abs(l - s));
        output += share * output(environment.head(a, s), features, row);
      }
    }
    return output;
  }

  /** All weights, head by head. */
  double[] values() {
    return Arrays.stream(weights).flatMapToDouble(Arrays::stream).toArray();
  }

  /** These layers with weights from {@link #values}. */
  Heads withValues(double[] values) {
    int width = weights[0].length;
    if (values.length != weights.length * width) {
      throw new IllegalArgumentException(
          "heads: expected %d weights but got %d".formatted(weights.length * width, values.length));
    }
    double[][] others = new double[weights.length][];
    Arrays.setAll(others, h -> Arrays.copyOfRange(values, h * width, (h + 1) * width));
    return with(others);
  }
}
