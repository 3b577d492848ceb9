package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.nnks.core.forecast.ForecastRules;

/**
 * The slow modes of value iteration in closed form: a gap T V - V that is affine in scaled moments
 * in each exogenous state h still adds the solution c of
 *
 * <pre>
 *   c(h, m) = gap(h, m) + beta sum_h' P(h, h') c(h', m'(h, m))
 * </pre>
 *
 * to V; with agents of one state, whose network is linear in moments itself, one that is constant
 * in them. beta counts the chance to stay. Forecasts are lines in logs, so that sums stay affine
 * (where forecasts leave the declared box, and are cut off, the form is not exact). Were only means
 * corrected, V would learn its slopes in moments at the rate of beta times their persistence: on
 * firms with nine branches, it was three times as far off after a thousand steps.
 */
final class AffineModes implements AutoCloseable {

  private final NDManager manager;
  private final NDArray inverse;

  /**
   * The modes of an economy.
   *
   * @param networks whose box of moments does not move meanwhile
   * @param rules what agents believe
   */
  AffineModes(NeuralNetworks networks, ForecastRules rules) {
    int states = networks.exogenous().size();
    int own = networks.exogenous().own();
    int terms = 1 + networks.value().slopes();
    double[][][] forecasts = new double[rules.states()][][];
    Arrays.setAll(
        forecasts,
        a -> terms == 1 ? new double[][] {{1}} : forecast(networks.scales(), rules, a, terms));
    RealMatrix transition = networks.exogenous().transition();
    RealMatrix modes = new Array2DRowRealMatrix(states * terms, states * terms);
    for (int h = 0; h < states; h++) {
      for (int next = 0; next < states; next++) {
        for (int i = 0; i < terms; i++) {
          for (int j = 0; j < terms; j++) {
            double later = transition.getEntry(h, next) * forecasts[h / own][i][j];
            double now = h == next && i == j ? 1 : 0;
            modes.setEntry(i * states + h, j * states + next, now - later);
          }
        }
      }
    }
    RealMatrix inverted = new LUDecomposition(modes).getSolver().getInverse();
    manager = networks.device().newManager();
    inverse =
        manager.create(
            Arrays.stream(inverted.getData()).flatMapToDouble(Arrays::stream).toArray(),
            new Shape(inverted.getRowDimension(), inverted.getColumnDimension()));
  }

  /** Next moments as functions of today's: term j of tomorrow by term i of today, one first. */
  private static double[][] forecast(Scales scales, ForecastRules rules, int a, int terms) {
    double[][] forecast = new double[terms][terms];
    double[] constant = next(scales, rules, a, new double[terms - 1]);
    forecast[0][0] = 1;
    System.arraycopy(constant, 0, forecast[0], 1, terms - 1);
    for (int i = 1; i < terms; i++) {
      double[] unit = new double[terms - 1];
      unit[i - 1] = 1;
      double[] there = next(scales, rules, a, unit);
      for (int j = 1; j < terms; j++) {
        forecast[i][j] = there[j - 1] - constant[j - 1];
      }
    }
    return forecast;
  }

  private static double[] next(Scales scales, ForecastRules rules, int a, double[] scaled) {
    double[] today = Arrays.stream(scales.logMoments(scaled)).map(Math::exp).toArray();
    return scales.scaledMoments(
        Arrays.stream(rules.nextMoments(a, today)).map(Math::log).toArray());
  }

  /**
   * What gaps still add to V.
   *
   * @param gap shape (points, states)
   * @param moments scaled, those that V has slopes in, of shape (points, 1)
   * @param scope receives all results
   */
  Correction of(NDArray gap, NDList moments, NDManager scope) {
    NDArray all = gap.toType(DataType.FLOAT64, false);
    NDList terms = new NDList(scope.ones(new Shape(gap.getShape().get(0), 1), DataType.FLOAT64));
    moments.forEach(moment -> terms.add(moment.toType(DataType.FLOAT64, false)));
    NDArray basis = Arrange.joined(terms);
    NDArray weights = basis.transpose().matMul(basis).inverse().matMul(basis.transpose());
    NDArray fitted = weights.matMul(all);
    NDArray added = Arrange.in(scope, inverse).matMul(fitted.reshape(-1, 1));
    return new Correction(
        added.reshape(fitted.getShape()).toType(gap.getDataType(), false),
        all.sub(basis.matMul(fitted)).toType(gap.getDataType(), false));
  }

  /**
   * A correction.
   *
   * @param added coefficients of one and of each scaled moment: shape (1 + slopes, states)
   * @param left what is not affine of the gap: its shape
   */
  record Correction(NDArray added, NDArray left) {}

  @Override
  public void close() {
    manager.close();
  }
}
