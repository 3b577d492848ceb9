package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Activation;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Network;
import org.nnks.core.nets.NetworkSpec;
import org.nnks.core.nets.Parameters;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FusedSummary;

/**
 * Amortised Bayesian model comparison: p(model | data) of models that are equally probable a
 * priori, by a classifier of their simulations; Radev, D'Alessandro, Mertens, Voss, Köthe and
 * Bürkner (2021), Amortized Bayesian model comparison with evidential deep learning, IEEE
 * Transactions on Neural Networks and Learning Systems 34. Parameters are integrated out by the
 * simulations, which come from each model's prior; {@link
 * org.nnks.sbi.diagnostics.ModelCalibration} says whether the probabilities are right.
 *
 * <p>Whoever has a likelihood has the same from marginal likelihoods: {@link
 * org.nnks.sbi.sampling.ImportanceWeights#logMean}.
 */
public final class ModelComparison implements AutoCloseable {

  /** As of the other networks' conditioners. */
  private static final List<Integer> HIDDEN = List.of(50, 50);

  /** Weights start at N(0, gain^2 / fan-in). */
  private static final double GAIN = 1;

  /** Rows that are classified at once. */
  private static final int CHUNK = 2_000;

  private final DataShape shape;
  private final Scaling scaling;
  private final Device device;
  private final FusedSummary summary;
  private final Network network;
  private final NDList parameters;

  private ModelComparison(
      EstimatorConfig config, Simulations pooled, int models, Device device, Seeds seeds) {
    this.shape = pooled.shape();
    this.scaling = Scaling.of(pooled, config.summary());
    this.device = device;
    summary =
        new FusedSummary(
            config.summary(),
            shape.items(),
            shape.features(),
            scaling.masked(),
            device,
            DataType.FLOAT32,
            seeds.stream("summary weights"));
    network =
        Network.random(
            new NetworkSpec(summary.size(), HIDDEN, models, Activation.SILU),
            GAIN,
            device,
            DataType.FLOAT32,
            seeds.stream("classifier weights"));
    parameters = new NDList(summary.parameters());
    parameters.addAll(network.parameters());
  }

  /**
   * Learns from simulations of each model, equally many, of data of one shape.
   *
   * @param config its summary, batch, rate, epochs, patience and share of validation; the largest
   *     of its decays
   * @throws InvalidInputException if there are fewer than two models, or numbers or shapes differ,
   *     or there are fewer than {@link NeuralPosterior#MIN_SIMULATIONS} of each
   */
  public static ModelComparison train(
      List<Simulations> models, EstimatorConfig config, Device device, long seed) {
    Simulations pooled = pooled(models);
    Seeds seeds = new Seeds(seed);
    ModelComparison comparison = new ModelComparison(config, pooled, models.size(), device, seeds);
    try {
      comparison.learn(pooled, config, seeds);
      return comparison;
    } catch (RuntimeException e) {
      comparison.close();
      throw e;
    }
  }

  /** All simulations one after another, whose one parameter is the number of the model. */
  private static Simulations pooled(List<Simulations> models) {
    if (models.size() < 2) {
      throw new InvalidInputException(
          "models are compared with one another: at least 2 are needed but got " + models.size());
    }
    Simulations first = models.get(0);
    for (Simulations model : models) {
      if (!model.shape().equals(first.shape())
          || model.size() != first.size()
          || model.size() < NeuralPosterior.MIN_SIMULATIONS) {
        throw new InvalidInputException(
            ("models are compared on equally many simulations, at least %d, of data of one shape,"
                    + " but got %d of %s and %d of %s")
                .formatted(
                    NeuralPosterior.MIN_SIMULATIONS,
                    first.size(),
                    first.shape(),
                    model.size(),
                    model.shape()));
      }
    }
    return Simulations.of(
        new SimulationTables(
            List.of("model"),
            first.shape(),
            IntStream.range(0, models.size() * first.size())
                .mapToDouble(i -> i / first.size())
                .toArray(),
            models.stream().flatMapToDouble(m -> Arrays.stream(m.valuesUnsafe())).toArray(),
            models.stream().flatMapToDouble(m -> Arrays.stream(m.observedUnsafe())).toArray(),
            new double[0]));
  }

  /** Cross entropy by Adam along half a cosine; the weights of the best validation loss stay. */
  private void learn(Simulations pooled, EstimatorConfig config, Seeds seeds) {
    Simulations mixed = pooled.permuted(seeds.stream("validation split"));
    int held = (int) Math.max(1, Math.round(config.validationShare() * mixed.size()));
    Simulations validation = mixed.slice(0, held);
    Simulations training = mixed.slice(held, mixed.size());
    int batch = Math.min(config.batch(), training.size());
    int batches = training.size() / batch;
    double decay = config.weightDecays().stream().mapToDouble(w -> w).max().orElseThrow();
    double best = Double.POSITIVE_INFINITY;
    double[] weights = Parameters.values(parameters);
    int waited = 0;
    try (Adam adam = new Adam(parameters)) {
      for (int epoch = 0; epoch < config.epochs() && waited < config.patience(); epoch++) {
        double rate =
            config.learningRate() * 0.5 * (1 + Math.cos(Math.PI * epoch / config.epochs()));
        Simulations order = training.permuted(seeds.stream("minibatches", epoch));
        for (int b = 0; b < batches; b++) {
          Simulations part = order.slice(b * batch, (b + 1) * batch);
          try (NDManager step = device.newManager()) {
            NDArray target = labels(step, part);
            NDList data = data(step, part);
            Gradients gradients =
                Gradients.of(
                    parameters,
                    step,
                    leaves -> logProbabilities(leaves, data).mul(target).sum().neg());
            // The sum over the batch, so that no scalar is needed; Adam does not mind its scale.
            adam.step(gradients, rate);
            for (int layer = 0; layer < network.parameters().size(); layer += 2) {
              network.parameters().get(layer).muli(1 - rate * decay);
            }
          }
        }
        double loss = -score(validation);
        waited = loss < best ? 0 : waited + 1;
        if (loss < best) {
          best = loss;
          weights = Parameters.values(parameters);
        }
      }
    }
    Parameters.set(parameters, weights);
  }

  /** The mean log probability of the true models. */
  private double score(Simulations pooled) {
    Matrix probabilities = probabilities(pooled);
    double sum = 0;
    for (int i = 0; i < pooled.size(); i++) {
      double p = probabilities.get(i, (int) pooled.theta(i).get(0));
      sum += Math.log(Math.max(p, Double.MIN_NORMAL));
    }
    return sum / pooled.size();
  }

  private NDArray labels(NDManager manager, Simulations pooled) {
    int models = network.spec().outputs();
    double[] one = new double[pooled.size() * models];
    for (int i = 0; i < pooled.size(); i++) {
      one[i * models + (int) pooled.theta(i).get(0)] = 1;
    }
    return Network.create(manager, one, new Shape(pooled.size(), models), DataType.FLOAT32);
  }

  private NDList data(NDManager manager, Simulations simulations) {
    return data(manager, simulations.valuesUnsafe(), simulations.observedUnsafe());
  }

  private NDList data(NDManager manager, double[] values, double[] observed) {
    Shape full = new Shape(values.length / shape.size(), shape.items(), shape.features());
    return new NDList(
        Network.create(manager, scaling.apply(values, observed), full, DataType.FLOAT32),
        Network.create(manager, observed, full, DataType.FLOAT32));
  }

  private NDArray logProbabilities(NDList leaves, NDList data) {
    int first = summary.parameters().size();
    NDArray context = summary.apply(new NDList(leaves.subList(0, first)), data.get(0), data.get(1));
    return network.forward(new NDList(leaves.subList(first, leaves.size())), context).logSoftmax(1);
  }

  /** p(model | data) of each simulation: shape (simulations, models). */
  public Matrix probabilities(Simulations simulations) {
    if (!simulations.shape().equals(shape)) {
      throw new InvalidInputException(
          "simulations: expected data of %s but got %s".formatted(shape, simulations.shape()));
    }
    int models = network.spec().outputs();
    double[] all = new double[simulations.size() * models];
    for (int start = 0; start < simulations.size(); start += CHUNK) {
      Simulations part = simulations.slice(start, Math.min(start + CHUNK, simulations.size()));
      double[] some = probabilities(part.valuesUnsafe(), part.observedUnsafe());
      System.arraycopy(some, 0, all, start * models, some.length);
    }
    return Matrix.of(simulations.size(), models, all);
  }

  private double[] probabilities(double[] values, double[] observed) {
    try (NDManager scope = device.newManager()) {
      double[] logs =
          Parameters.toDoubles(logProbabilities(parameters, data(scope, values, observed)));
      return Arrays.stream(logs).map(Math::exp).toArray();
    }
  }

  /**
   * p(model | data) of one data set.
   *
   * @throws InvalidInputException as {@link NeuralPosterior#given}
   */
  public Vector probabilities(Data data) {
    data.requireLike(shape, scaling.masked());
    double[] values = new double[shape.size()];
    double[] observed = new double[shape.size()];
    data.write(shape, values, observed, 0);
    return Vector.ofUnsafe(probabilities(values, observed));
  }

  @Override
  public void close() {
    summary.close();
    network.close();
  }
}
