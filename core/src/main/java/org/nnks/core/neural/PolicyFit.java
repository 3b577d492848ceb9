package org.nnks.core.neural;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.List;
import org.nnks.core.nets.Network;

/**
 * Newton's steps on L_cont over the output layers of the continuous policies, their hidden layers
 * being what gradients made of them: the counterpart of {@link OutputFit}. Errors of policies are
 * of second order in V but of first order in the slopes that V is taught, and gradient steps leave
 * those that move the objective least: firms with half a stock used a hundredth too much of it.
 */
final class PolicyFit implements AutoCloseable {

  /** Points of a fit for each unit of the last layer; own. */
  private static final int POINTS_PER_UNIT = 4;

  /** Half the distance between the gradients whose difference is the curvature, before sigmoids. */
  private static final double STEP = 1e-2;

  /**
   * Weight of squared coefficients, relative to the mean curvature; own. Without it they grow, and
   * the first gradient steps of the next solve, in other windows, undo what was learnt.
   */
  private static final double RIDGE = 1e-5;

  /** The least curvature, relative to the mean: agents with next to nothing have hardly any. */
  private static final double FLAT = 1e-3;

  /** How far a fit may move an output, before sigmoids: V bends otherwise further away. */
  private static final double LARGEST = .3;

  private final NeuralNetworks networks;
  private final NDManager manager;
  private final Point point;
  private final int heads;
  private final List<NDArray> features = new ArrayList<>();

  /** Draws points, at prices in their windows, and looks at hidden layers there. */
  PolicyFit(NeuralNetworks networks, Samples samples, int units) {
    this.networks = networks;
    manager = networks.device().newManager();
    heads = ValueTargets.heads(networks);
    point = networks.point(ValueTargets.batch(networks, samples, POINTS_PER_UNIT * units, manager));
    for (int b = 0; b < networks.rightHandSide().branches().size(); b++) {
      ContinuousPolicy policy = networks.continuous(b);
      if (policy == null) {
        features.add(null);
      } else {
        NDArray hidden = policy.network().hidden(point, heads).toType(DataType.FLOAT64, false);
        NDArray one = manager.ones(new Shape(hidden.getShape().get(0), 1), DataType.FLOAT64);
        features.add(NDArrays.concat(new NDList(hidden, one), 1));
      }
    }
  }

  /** A step for every control of every branch. */
  void fit() {
    for (int b = 0; b < features.size(); b++) {
      if (features.get(b) != null) {
        int controls = networks.rightHandSide().branches().get(b).controls();
        for (int c = 0; c < controls; c++) {
          fit(b, c, controls);
        }
      }
    }
  }

  private void fit(int b, int c, int controls) {
    NDList parameters = networks.continuous(b).network().network().parameters();
    NDArray weights = parameters.get(parameters.size() - 2);
    NDArray biases = parameters.get(parameters.size() - 1);
    try (NDManager scope = manager.newSubManager()) {
      NDArray hidden = Arrange.in(scope, features.get(b));
      long n = hidden.getShape().get(0);
      long width = hidden.getShape().get(1);
      NDArray output =
          NDArrays.concat(new NDList(Arrange.in(scope, weights), Arrange.in(scope, biases)), 0)
              .toType(DataType.FLOAT64, false);
      NDArray places =
          hidden
              .matMul(output)
              .reshape(n, controls, heads)
              .transpose(0, 2, 1)
              .reshape(n * heads, controls)
              .toType(networks.precision(), false);
      double[] step = new double[controls];
      step[c] = STEP;
      NDArray shift = Network.create(scope, step, new Shape(1, controls), networks.precision());
      NDArray above = gradients(b, c, places.add(shift), scope);
      NDArray below = gradients(b, c, places.sub(shift), scope);
      NDArray curvature = below.sub(above).div(2 * STEP).abs();
      NDArray mean = curvature.mean();
      curvature = curvature.maximum(mean.mul(FLAT));
      NDArray most = curvature.mul(LARGEST);
      NDArray gradient = above.add(below).div(2).minimum(most).maximum(most.neg());
      NDIndex columns = new NDIndex(":, {}:{}", c * heads, (c + 1) * heads);
      NDArray ridge = mean.mul(n * RIDGE);
      NDArray pull = output.get(columns).transpose().mul(ridge);
      NDArray right = gradient.matMul(hidden).sub(pull).expandDims(2);
      NDArray left =
          hidden
              .transpose()
              .expandDims(0)
              .mul(curvature.expandDims(1))
              .matMul(hidden)
              .add(scope.eye((int) width).toType(DataType.FLOAT64, false).mul(ridge));
      NDArray change =
          left.inverse().matMul(right).squeeze(2).transpose().toType(networks.precision(), false);
      weights.set(
          columns, Arrange.in(scope, weights).get(columns).add(change.get("0:{}", width - 1)));
      biases.set(columns, Arrange.in(scope, biases).get(columns).add(change.get("{}:", width - 1)));
    }
  }

  /** Slopes of what a branch is worth in outputs for a control: shape (heads, points). */
  private NDArray gradients(int b, int c, NDArray outputs, NDManager scope) {
    outputs.setRequiresGradient(true);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray places = Activation.sigmoid(outputs);
      collector.backward(
          networks.rightHandSide().value(b, point, places, networks.value(), scope).sum());
    }
    NDArray slopes = outputs.getGradient();
    slopes.attach(scope);
    return slopes
        .get(":, {}:{}", c, c + 1)
        .toType(DataType.FLOAT64, false)
        .reshape(-1, heads)
        .transpose();
  }

  /** Owns what is kept from fit to fit; for tests of this package. */
  NDManager manager() {
    return manager;
  }

  @Override
  public void close() {
    manager.close();
  }
}
