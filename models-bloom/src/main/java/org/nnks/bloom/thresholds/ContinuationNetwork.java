package org.nnks.bloom.thresholds;

import ai.djl.ndarray.NDArray;
import java.util.random.RandomGenerator;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.core.numeric.NodeWeights;
import org.nnks.core.run.Device;

/**
 * beta E V(k', n, z'; a', s', s, K') as a network of (log k', log n) with one head for every (a,
 * s), node of K' and z.
 *
 * <p>The network approximates the expectation and not V itself, because V has kinks where firms
 * begin to adjust, which the expectation over next quarter's shocks smoothes. V follows from it
 * exactly, as the largest of four branches.
 */
public final class ContinuationNetwork implements AutoCloseable {

  /**
   * Width of the hidden layer. On the exact solution of the replication calibration the exact
   * branches of 99.27 % of all grid points survive the projection on 512 features, of 99.52 % on
   * 768, of 99.55 % on 1,024 (ProjectionTest).
   */
  static final int WIDTH = 768;

  /** Sample points for each feature, at least: what small grids limit the width to. */
  static final int POINTS_PER_FEATURE = 2;

  /** Scales of first-layer weights along log k and log n, whose boxes are [-1, 1]. */
  private static final double[] SLOPES = {5, 5};

  /** Weight of the ridge relative to one sample point; as in core's least-squares networks. */
  static final double RIDGE = 1e-12;

  private final FeatureNetwork network;
  private final NDArray nodeFeatures;
  private final int features;
  private double[] table;

  /**
   * Draws the hidden layer, as wide as the sample points allow, and factors the least-squares
   * problem.
   *
   * @param heads outputs
   * @param sampleNodes the sample points: pairs of nodes (k', n)
   */
  ContinuationNetwork(
      ChoiceGrid grid, int heads, int[] sampleNodes, Device device, RandomGenerator random) {
    this(
        grid,
        Math.min(WIDTH, sampleNodes.length / 2 / POINTS_PER_FEATURE),
        heads,
        sampleNodes,
        device,
        random);
  }

  /** The same with a hidden layer of any width. */
  ContinuationNetwork(
      ChoiceGrid grid,
      int features,
      int heads,
      int[] sampleNodes,
      Device device,
      RandomGenerator random) {
    this.features = features;
    double[] samples = new double[sampleNodes.length];
    for (int i = 0; i < samples.length; i += 2) {
      samples[i] = grid.scaledCapital(sampleNodes[i]);
      samples[i + 1] = grid.scaledHours(sampleNodes[i + 1]);
    }
    double[] nodes = new double[2 * grid.size()];
    for (int i = 0; i < grid.size(); i++) {
      nodes[2 * i] = grid.scaledCapital(i / grid.hoursNodes());
      nodes[2 * i + 1] = grid.scaledHours(i % grid.hoursNodes());
    }
    network = new FeatureNetwork(SLOPES, features, heads, samples, RIDGE, device, random);
    nodeFeatures = network.keptFeatures(nodes);
    table = new double[heads * grid.size()];
  }

  /** The width of the hidden layer. */
  public int features() {
    return features;
  }

  /** Fits the output layer to values at the sample points, (heads, samples), and tabulates it. */
  public void fit(double[] targets) {
    network.fit(targets);
    table = network.at(nodeFeatures);
  }

  /** The values of all heads at the nodes: (heads, nodes), row by row. */
  public double[] table() {
    return table;
  }

  /**
   * Evaluates the network at the nodes of other grids over the same ranges. What is linear in K'
   * between heads is linear in their output layers, so that one forward pass serves all heads.
   *
   * @param firstHead the head of the first K' and z
   * @param shocks heads of one K'
   * @param between where K' lies
   * @param values receives the outputs by (z, k', n)
   */
  public void evaluate(
      ChoiceGrid finer, int firstHead, int shocks, NodeWeights between, double[] values) {
    double[] layer = network.between(firstHead, shocks, between);
    int n = finer.hoursNodes();
    double[] points = new double[2 * n];
    for (int k = 0; k < finer.capitalNodes(); k++) {
      for (int j = 0; j < n; j++) {
        points[2 * j] = finer.scaledCapital(k);
        points[2 * j + 1] = finer.scaledHours(j);
      }
      double[] row = network.at(points, layer);
      for (int z = 0; z < shocks; z++) {
        System.arraycopy(row, z * n, values, (z * finer.capitalNodes() + k) * n, n);
      }
    }
  }

  /** The output layer: (heads, features + 1), row by row, biases last. */
  public double[] weights() {
    return network.weights();
  }

  /** The hidden layer: weights (2, features) and biases. */
  double[] hiddenLayer() {
    return network.hiddenLayer();
  }

  /** Continues with a saved output layer. */
  public void restore(double[] savedHidden, double[] savedWeights) {
    network.restore(savedHidden, savedWeights);
    table = network.at(nodeFeatures);
  }

  @Override
  public void close() {
    network.close();
  }
}
