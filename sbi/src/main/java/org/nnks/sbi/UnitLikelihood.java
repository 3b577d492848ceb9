package org.nnks.sbi;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;

/**
 * The likelihood of one unit, such as a household or a firm, conditional on what was seen of its
 * time: p(x | theta, c), learned (NLE). Units of one date share aggregate shocks, so that they are
 * independent given theta and the aggregates only: Liu and Plagborg-Møller (2023), Full-information
 * estimation of heterogeneous agent models using macro and micro data, Quantitative Economics 14.
 * The data of a unit are one row: x, and then c.
 */
public final class UnitLikelihood implements Likelihood, AutoCloseable {

  private final NeuralLikelihood network;
  private final UnaryOperator<Vector> coordinates;
  private final int contexts;

  private UnitLikelihood(
      NeuralLikelihood network, UnaryOperator<Vector> coordinates, int contexts) {
    this.network = network;
    this.coordinates = coordinates;
    this.contexts = contexts;
  }

  /**
   * Trains on units of simulated economies.
   *
   * @param units one row each, such as {@link Simulations#items} makes of tables
   * @param coordinates of theta in which units change smoothly, such as log(1 - rho) of a
   *     persistence close to one; perhaps the identity. A network smooths over what changes fast in
   *     the coordinates that it sees, and the errors of all units add up
   * @param contexts how many of the last columns are c; perhaps none
   * @param config as for {@link NeuralLikelihood}
   * @param checkpoint as for {@link NeuralPosterior}
   * @param listener told of each epoch
   */
  public static UnitLikelihood train(
      Simulations units,
      UnaryOperator<Vector> coordinates,
      int contexts,
      EstimatorConfig config,
      Device device,
      long seed,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    Simulations given = units.given(coordinates, contexts);
    Prior conditions =
        new Prior(
            IntStream.range(0, given.names().size()).mapToObj(j -> condition(given, j)).toList());
    return new UnitLikelihood(
        NeuralLikelihood.train(conditions, given, config, device, seed, checkpoint, listener)
            .inSinglePrecision(device),
        coordinates,
        contexts);
  }

  /** Networks see conditions less their means, in their standard deviations. */
  private static Parameter condition(Simulations given, int j) {
    double[] values =
        IntStream.range(0, given.size()).mapToDouble(i -> given.theta(i).get(j)).toArray();
    return Parameter.normal(
        given.names().get(j), StatUtils.mean(values), Math.sqrt(StatUtils.variance(values)));
  }

  @Override
  public Vector logDensity(Data data, Matrix theta) {
    return logDensity(List.of(data), theta);
  }

  @Override
  public Vector logDensity(List<Data> units, Matrix theta) {
    double[][] points = new double[theta.rows()][];
    Arrays.setAll(points, i -> coordinates.apply(theta.row(i)).toArray());
    if (contexts == 0) {
      return network.logDensity(units, Matrix.ofRows(points));
    }
    int width = network.shape().size();
    int n = units.size();
    DataShape shape = DataShape.vector(width + contexts);
    double[] values = new double[points.length * n * width];
    double[][] conditions = new double[points.length * n][];
    for (int k = 0; k < n; k++) {
      double[] row = NeuralLikelihood.complete(units.get(k), shape);
      for (int i = 0; i < points.length; i++) {
        int d = points[i].length;
        System.arraycopy(row, 0, values, (i * n + k) * width, width);
        conditions[i * n + k] = Arrays.copyOf(points[i], d + contexts);
        System.arraycopy(row, width, conditions[i * n + k], d, contexts);
      }
    }
    double[] each = network.eachLogDensity(values, Matrix.ofRows(conditions));
    return Vector.ofUnsafe(
        IntStream.range(0, points.length)
            .mapToDouble(i -> Arrays.stream(each, i * n, (i + 1) * n).sum())
            .toArray());
  }

  @Override
  public void close() {
    network.close();
  }
}
