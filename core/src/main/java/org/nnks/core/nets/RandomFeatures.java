package org.nnks.core.nets;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Weights of hidden layers that are drawn once and not trained, whose activations are features for
 * an output layer fitted by least squares.
 */
public final class RandomFeatures {

  private RandomFeatures() {}

  /**
   * Draws weights and biases. The points at which the features of the first layer bend are a Latin
   * hypercube of the input box [-1, 1]: evenly spread along each input, so that no seed leaves a
   * gap. The output layer is zero.
   *
   * @param spec the shape
   * @param slopes scale of the first layer's weights for each input: how sharply features may bend
   *     along it
   * @param hiddenGain scale of the weights of later hidden layers, relative to 1 / sqrt(fan-in)
   * @param random the source of all draws
   * @return weights and biases of all layers in turn
   */
  public static List<double[]> draw(
      NetworkSpec spec, double[] slopes, double hiddenGain, RandomGenerator random) {
    List<double[]> parameters = new ArrayList<>();
    for (int layer = 0; layer < spec.layers(); layer++) {
      int in = spec.fanIn(layer);
      int out = spec.fanOut(layer);
      double[] weight = new double[in * out];
      double[] bias = new double[out];
      if (layer == 0) {
        for (int input = 0; input < in; input++) {
          double[] centres = stratified(out, random);
          for (int unit = 0; unit < out; unit++) {
            double slope = slopes[input] * random.nextGaussian();
            weight[input * out + unit] = slope;
            bias[unit] -= slope * centres[unit];
          }
        }
      } else if (layer < spec.layers() - 1) {
        for (int i = 0; i < weight.length; i++) {
          weight[i] = hiddenGain * random.nextGaussian() / Math.sqrt(in);
        }
        for (int unit = 0; unit < out; unit++) {
          bias[unit] = hiddenGain * random.nextGaussian();
        }
      }
      parameters.add(weight);
      parameters.add(bias);
    }
    return parameters;
  }

  /** One uniform draw from each of {@code n} equal parts of [-1, 1], in random order. */
  private static double[] stratified(int n, RandomGenerator random) {
    double[] points = new double[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1); // the shuffle of Fisher and Yates, from the inside out
      points[i] = points[j];
      points[j] = -1 + 2 * (i + random.nextDouble()) / n;
    }
    return points;
  }
}
