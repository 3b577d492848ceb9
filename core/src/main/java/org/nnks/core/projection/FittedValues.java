package org.nnks.core.projection;

import org.nnks.core.agents.MomentNodes;
import org.nnks.core.agents.Transition;
import org.nnks.core.agents.ValueTable;
import org.nnks.core.run.Device;

/**
 * V as weights of features: one output for every exogenous state and every node of moments, the
 * nodes fastest, fitted at sample points.
 */
final class FittedValues implements AutoCloseable {

  private final Transition transition;
  private final MomentNodes nodes;
  private final TanhFeatures features;
  private final FeatureRegression regression;
  private final int samples;
  private double[] weights;

  /** The values of the weights at the sample points; null until they are asked for. */
  private double[] fitted;

  private double change;
  private double rest;

  /**
   * Values of zero.
   *
   * @param samples sample points in scaled states: (states, points)
   * @param scaledNodes nodes of the action grid in scaled states: (states, nodes)
   */
  FittedValues(
      Transition transition,
      MomentNodes nodes,
      TanhFeatures features,
      double[][] samples,
      double[][] scaledNodes,
      Device device) {
    this.transition = transition;
    this.nodes = nodes;
    this.features = features;
    this.samples = samples[0].length;
    regression =
        new FeatureRegression(
            features.at(samples), features.at(scaledNodes), features.size(), device);
    weights = new double[outputs() * features.size()];
  }

  /** The number of outputs. */
  int outputs() {
    return transition.states() * nodes.size();
  }

  /** The weights: (outputs, features). */
  double[] weights() {
    return weights;
  }

  /** Takes other weights. */
  void weights(double[] given) {
    weights = given.clone();
    fitted = null;
  }

  /**
   * Fits the values at the sample points, after adding what their mean change still does in later
   * sweeps.
   *
   * @param targets (outputs, points)
   */
  void fit(double[] targets, SlowModes slowModes) {
    double[] before = fitted == null ? regression.atSamples(weights) : fitted;
    weights = regression.fit(targets);
    double[] later = slowModes.later(residual(targets, before));
    for (int i = 0; i < later.length; i++) {
      weights[i * features.size()] += later[i];
    }
    double[] after = regression.atSamples(weights);
    fitted = after;
    double largest = 0;
    change = 0;
    rest = 0;
    for (int i = 0; i < after.length; i++) {
      change = Math.max(change, Math.abs(after[i] - before[i]));
      largest = Math.max(largest, Math.abs(after[i]));
      rest += Math.abs(targets[i] + later[i / samples] - after[i]) / after.length;
      if (!Double.isFinite(after[i])) {
        change = Double.NaN;
        break;
      }
    }
    change /= Math.max(largest, Double.MIN_NORMAL);
    rest /= Math.max(largest, Double.MIN_NORMAL);
  }

  /** The mean residual by outputs. */
  private double[] residual(double[] targets, double[] before) {
    double[] mean = new double[outputs()];
    for (int i = 0; i < targets.length; i++) {
      mean[i / samples] += (targets[i] - before[i]) / samples;
    }
    return mean;
  }

  /** The largest change of V by the last fit, as a share of the largest |V|. */
  double change() {
    return change;
  }

  /** The mean distance of V from what it was last fitted to, as a share of the largest |V|. */
  double rest() {
    return rest;
  }

  /** Tabulates V and its discounted expectation. */
  void tabulate(ValueTable table) {
    double[] values = regression.atNodes(weights);
    int size = table.grid().size();
    for (int h = 0; h < transition.states(); h++) {
      for (int j = 0; j < nodes.size(); j++) {
        System.arraycopy(values, (h * nodes.size() + j) * size, table.values(h, j), 0, size);
      }
    }
    expect(table);
  }

  /**
   * Tabulates the discounted expectation of V: that of its weights, which are fewer than its
   * values.
   */
  void expect(ValueTable table) {
    double[] expected = new double[weights.length];
    int block = nodes.size() * features.size();
    for (int h = 0; h < transition.states(); h++) {
      for (int next = 0; next < transition.states(); next++) {
        double weight = transition.discounted(h, next);
        if (weight != 0) {
          for (int i = 0; i < block; i++) {
            expected[h * block + i] += weight * weights[next * block + i];
          }
        }
      }
    }
    double[] values = regression.atNodes(expected);
    int own = transition.own();
    int size = table.grid().size();
    for (int h = 0; h < transition.states(); h++) {
      for (int j = 0; j < nodes.size(); j++) {
        double[] to = table.expected(h / own, h % own, j);
        System.arraycopy(values, (h * nodes.size() + j) * size, to, 0, size);
      }
    }
  }

  /** The weights of the same values at other nodes of moments. */
  double[] atMoments(MomentNodes to) {
    int width = features.size();
    double[] result = new double[transition.states() * to.size() * width];
    double[] share = new double[nodes.size()];
    for (int j = 0; j < to.size(); j++) {
      nodes.weights(to.moments(j), share);
      for (int h = 0; h < transition.states(); h++) {
        for (int k = 0; k < share.length; k++) {
          for (int f = 0; f < width; f++) {
            result[(h * to.size() + j) * width + f] +=
                share[k] * weights[(h * nodes.size() + k) * width + f];
          }
        }
      }
    }
    return result;
  }

  @Override
  public void close() {
    regression.close();
  }
}
