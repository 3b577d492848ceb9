package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.RidgeRegression;
import org.nnks.core.numeric.AndersonAcceleration;
import org.nnks.core.tensor.Readout;

/**
 * The exact minimiser of L_val over the output layer of the value network, its hidden layers being
 * what gradients made of them: at fixed points, again and again as targets follow. Gradient steps
 * are slow along the directions in which hidden activations hardly differ; least squares has no
 * such directions (Golub and Pereyra, 1973, "The differentiation of pseudo-inverses and nonlinear
 * least squares problems whose variables separate"). Fits are mixed by {@link
 * AndersonAcceleration}, because what is wrong with V along a stock that most leave alone falls
 * slowly from one to the next.
 */
final class OutputFit implements AutoCloseable {

  /**
   * Weight of the squared change of a coefficient relative to one point; own. With 1e-6 twenty fits
   * do not reach the directions in which units hardly differ, and what firms keep in stock is four
   * times as far off.
   */
  private static final double RIDGE = 1e-9;

  /** Fits that the next one is mixed from, at most; own. */
  private static final int REMEMBERED = 12;

  private final NeuralNetworks networks;
  private final NDManager manager;
  private final Samples.Batch batch;
  private final boolean slopes;
  private final NDArray projection;
  private final RealMatrix r;
  private final Readout readout;
  private final AndersonAcceleration acceleration = new AndersonAcceleration(REMEMBERED);

  /**
   * Draws points and factors the least-squares problem: one read.
   *
   * @param count of points, as {@link ValueTargets#draw}
   * @param slopeWeight of squared errors of slopes
   */
  OutputFit(
      NeuralNetworks networks, Samples samples, int count, double slopeWeight, Readout readout) {
    this.networks = networks;
    this.readout = readout;
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
      double[] features = readout.read(rows);
      double[] inverse =
          RidgeRegression.transposedPseudoInverse(features, importance, (int) width + 1, RIDGE);
      r = triangle(features, importance, (int) width + 1);
      projection =
          Network.create(
              manager, inverse, new Shape(importance.length, width + 1), networks.precision());
    }
  }

  /** R of the factors QR of weighted features: R times coefficients is as long as what they fit. */
  private static RealMatrix triangle(double[] features, double[] importance, int width) {
    int n = importance.length;
    RealMatrix weighted = new Array2DRowRealMatrix(n, width);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < width; j++) {
        weighted.setEntry(i, j, importance[i] * features[i * width + j]);
      }
    }
    return new QRDecomposition(weighted).getR().getSubMatrix(0, width - 1, 0, width - 1);
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
      NDArray weights = Arrange.in(scope, parameters.get(parameters.size() - 2));
      NDArray biases = Arrange.in(scope, parameters.get(parameters.size() - 1));
      NDArray layer = NDArrays.concat(new NDList(weights, biases.reshape(1, -1)), 0);
      double[] both = readout.read(NDArrays.concat(new NDList(layer, layer.add(change)), 0));
      int size = both.length / 2;
      double[] point = Arrays.copyOf(both, size);
      double[] next =
          acceleration.next(point, Arrays.copyOfRange(both, size, 2 * size), this::fitted);
      NDArray moved = Network.create(scope, next, layer.getShape(), networks.precision());
      weights.set(new NDIndex(":"), moved.get("0:{}", width));
      biases.set(new NDIndex("..."), moved.get("{}:", width).reshape(biases.getShape()));
    }
    value.target().catchUp();
  }

  /** A change of the output layer, as a vector as long as what it changes of fits. */
  private double[] fitted(double[] change) {
    int width = r.getRowDimension();
    int heads = change.length / width;
    double[] flat = new double[change.length];
    for (int i = 0; i < width; i++) {
      for (int j = i; j < width; j++) {
        double factor = r.getEntry(i, j);
        for (int h = 0; h < heads; h++) {
          flat[i * heads + h] += factor * change[j * heads + h];
        }
      }
    }
    return flat;
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
