package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.RidgeRegression;
import org.nnks.core.tensor.Readout;

/**
 * The exact minimiser of L_val over the output layer of the value network, its hidden layers being
 * what gradients made of them: at fixed points, again and again as targets follow. Gradient steps
 * are slow along the directions in which hidden activations hardly differ; least squares has no
 * such directions (Golub and Pereyra, 1973, "The differentiation of pseudo-inverses and nonlinear
 * least squares problems whose variables separate").
 */
final class OutputFit implements AutoCloseable {

  /**
   * Weight of the squared change of a coefficient relative to one point; own. With 1e-6 twenty fits
   * do not reach the directions in which units hardly differ, and what firms keep in stock is four
   * times as far off.
   */
  private static final double RIDGE = 1e-9;

  private final NeuralNetworks networks;
  private final NDManager manager;
  private final Samples.Batch batch;
  private final boolean slopes;
  private final NDArray projection;

  /**
   * Draws points and factors the least-squares problem: one read.
   *
   * @param count of points, as {@link ValueTargets#draw}
   * @param slopeWeight of squared errors of slopes
   */
  OutputFit(
      NeuralNetworks networks, Samples samples, int count, double slopeWeight, Readout readout) {
    this.networks = networks;
    slopes = slopeWeight > 0;
    manager = networks.device().newManager();
    try (NDManager scope = manager.newSubManager()) {
      batch = ValueTargets.batch(networks, samples, count, manager);
      NDArray points = Arrange.in(scope, ValueTargets.inputs(networks, batch));
      NDArray select = Arrange.in(scope, batch.select());
      NDList hidden = networks.value().hiddenWithSlopes(parameters(scope), points, select);
      long n = hidden.get(0).getShape().get(0);
      long width = hidden.get(0).getShape().get(1);
      long inputs = hidden.get(1).getShape().get(0);
      NDArray one = scope.ones(new Shape(n, 1), networks.precision());
      NDArray rows = NDArrays.concat(new NDList(hidden.get(0), one), 1);
      if (slopes) {
        NDArray flat = hidden.get(1).reshape(inputs * n, width);
        NDArray zero = scope.zeros(new Shape(inputs * n, 1), networks.precision());
        rows = NDArrays.concat(new NDList(rows, NDArrays.concat(new NDList(flat, zero), 1)), 0);
      }
      double[] importance = new double[(int) rows.getShape().get(0)];
      Arrays.fill(importance, Math.sqrt(slopeWeight / inputs));
      Arrays.fill(importance, 0, (int) n, 1);
      double[] inverse =
          RidgeRegression.transposedPseudoInverse(
              readout.read(rows), importance, (int) width + 1, RIDGE);
      projection =
          Network.create(
              manager, inverse, new Shape(importance.length, width + 1), networks.precision());
    }
  }

  /** The parameters of V, as views whose results belong to a scope. */
  private NDList parameters(NDManager scope) {
    NDList views = new NDList();
    networks.value().network().parameters().forEach(p -> views.add(Arrange.in(scope, p)));
    return views;
  }

  /** Fits to new targets; the target copy is the network then. */
  void fit() {
    ValueNetwork value = networks.value();
    try (NDManager scope = manager.newSubManager()) {
      ValueTargets targets = ValueTargets.at(networks, batch, scope);
      NDList parameters = value.network().parameters();
      NDList fitted =
          value.networkWithSlopes(parameters(scope), targets.inputs(), targets.select());
      NDArray error = targets.level().sub(fitted.get(0));
      if (slopes) {
        NDArray ofSlopes = targets.slopes().sub(fitted.get(1));
        error =
            NDArrays.concat(new NDList(error, ofSlopes.reshape(-1, error.getShape().get(1))), 0);
      }
      NDArray change = Arrange.in(scope, projection).transpose().matMul(error);
      long width = change.getShape().get(0) - 1;
      int last = parameters.size() - 2;
      parameters.get(last).addi(change.get("0:{}", width));
      parameters.get(last + 1).addi(change.get("{}:", width));
    }
    value.target().catchUp();
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
