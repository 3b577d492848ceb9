package org.nnks.sbi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
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
  private final int contexts;

  private UnitLikelihood(NeuralLikelihood network, int contexts) {
    this.network = network;
    this.contexts = contexts;
  }

  /**
   * Trains on units of simulated economies.
   *
   * @param units one row each, such as {@link Simulations#items} makes of tables
   * @param contexts how many of the last columns are c; perhaps none
   * @param config as for {@link NeuralLikelihood}
   * @param checkpoint as for {@link NeuralPosterior}
   * @param listener told of each epoch
   */
  public static UnitLikelihood train(
      Prior prior,
      Simulations units,
      int contexts,
      EstimatorConfig config,
      Device device,
      long seed,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    prior.requireNames("units", units.names());
    int width = units.shape().size() - contexts;
    Scaling scaling = NeuralLikelihood.scaling(units);
    List<Parameter> conditions = new ArrayList<>(prior.parameters());
    for (int j = 0; j < contexts; j++) {
      conditions.add(
          Parameter.normal(
              "context " + (j + 1), scaling.mean().get(width + j), scaling.sd().get(width + j)));
    }
    Prior all = new Prior(conditions);
    Simulations given = units.given(all.names().subList(prior.size(), all.size()));
    return new UnitLikelihood(
        NeuralLikelihood.train(all, given, config, device, seed, checkpoint, listener), contexts);
  }

  /** The training of each member. */
  public List<TrainingHistory> histories() {
    return network.histories();
  }

  @Override
  public Vector logDensity(Data data, Matrix theta) {
    return logDensity(List.of(data), theta);
  }

  @Override
  public Vector logDensity(List<Data> units, Matrix theta) {
    if (contexts == 0) {
      return network.logDensity(units, theta);
    }
    int width = network.shape().size();
    int d = theta.columns();
    int n = units.size();
    DataShape shape = DataShape.vector(width + contexts);
    double[] values = new double[theta.rows() * n * width];
    double[] conditions = new double[theta.rows() * n * (d + contexts)];
    for (int k = 0; k < n; k++) {
      double[] row = NeuralLikelihood.complete(units.get(k), shape);
      for (int i = 0; i < theta.rows(); i++) {
        int pair = i * n + k;
        System.arraycopy(row, 0, values, pair * width, width);
        System.arraycopy(row, width, conditions, pair * (d + contexts) + d, contexts);
        for (int j = 0; j < d; j++) {
          conditions[pair * (d + contexts) + j] = theta.get(i, j);
        }
      }
    }
    double[] each =
        network.eachLogDensity(values, Matrix.of(theta.rows() * n, d + contexts, conditions));
    return Vector.ofUnsafe(
        IntStream.range(0, theta.rows())
            .mapToDouble(i -> Arrays.stream(each, i * n, (i + 1) * n).sum())
            .toArray());
  }

  @Override
  public void close() {
    network.close();
  }
}
