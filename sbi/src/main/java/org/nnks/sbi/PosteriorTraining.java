package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Parameters;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;

/**
 * Algorithm 2 of Liu (2024) on a given set of simulations, with two departures. Its line 6, "the
 * Kullback-Leibler divergence between the empirical distribution of z and the standard normal", is
 * the exact negative log likelihood here, with the log-determinants of the flow and of the prior's
 * bijector; without them a flow that maps everything to 0 would be optimal. Its "while not
 * converge" is early stopping on held-out simulations.
 */
final class PosteriorTraining {

  private static final int NAMED_SIMULATIONS = 3;

  private final PosteriorConfig config;
  private final PosteriorNetwork network;
  private final RandomGenerator random;
  private final int parameters;
  private final int cells;
  private final double[] u;
  private final double[] values;
  private final double[] observed;
  private final double meanLogDeterminant;
  private final int[] training;
  private final int[] validation;

  PosteriorTraining(
      PosteriorConfig config,
      Prior prior,
      Simulations simulations,
      Scaling scaling,
      PosteriorNetwork network,
      Seeds seeds) {
    this.config = config;
    this.network = network;
    parameters = prior.size();
    cells = simulations.shape().size();
    observed = simulations.observedUnsafe();
    values = scaling.apply(simulations.valuesUnsafe(), observed);
    u = new double[simulations.size() * parameters];
    double sum = 0;
    for (int i = 0; i < simulations.size(); i++) {
      Vector normal = prior.toNormal(simulations.theta(i));
      System.arraycopy(normal.toArray(), 0, u, i * parameters, parameters);
      sum += prior.logDeterminant(normal);
    }
    meanLogDeterminant = sum / simulations.size();
    int[] order = new int[simulations.size()];
    Arrays.setAll(order, i -> i);
    shuffle(order, seeds.stream("validation split"));
    int held = Math.max(1, (int) Math.round(config.validationShare() * order.length));
    validation = Arrays.copyOf(order, held);
    training = Arrays.copyOfRange(order, held, order.length);
    random = seeds.stream("minibatches");
  }

  /** Trains the network in place; it ends with the weights of the best epoch. */
  TrainingHistory run() {
    List<TrainingHistory.Epoch> epochs = new ArrayList<>();
    int batch = Math.min(config.batch(), training.length);
    double memory = Math.max(1, config.averaging() * (training.length / batch));
    double rate = config.learningRate();
    int halvings = 0;
    int best = -1;
    int waited = 0;
    double[] bestWeights = network.values();
    initialise(Arrays.copyOf(training, batch));
    try (Adam adam = new Adam(network.parameters());
        WeightAverage average =
            new WeightAverage(network.parameters(), network.newManager(), memory);
        NDManager fixed = network.newManager()) {
      NDList held = arrays(fixed, validation, 0, validation.length);
      for (int epoch = 0; epoch < config.maxEpochs(); epoch++) {
        shuffle(training, random);
        int batches = training.length / batch;
        double loss = 0;
        for (int b = 0; b < batches; b++) {
          loss += step(adam, epoch, b, b * batch, batch, rate);
          average.update();
        }
        double validationLoss = loss(average.parameters(), held);
        epochs.add(
            new TrainingHistory.Epoch(
                loss / batches + meanLogDeterminant, validationLoss + meanLogDeterminant, rate));
        // A loss that is not a number never counts as better.
        if (best < 0 || validationLoss + meanLogDeterminant < epochs.get(best).validationLoss()) {
          best = epoch;
          bestWeights = Parameters.values(average.parameters());
          waited = 0;
        } else if (++waited == config.patience()) {
          if (halvings == config.halvings()) {
            break;
          }
          halvings++;
          waited = 0;
          rate /= 2;
        }
      }
    }
    network.setValues(bestWeights);
    return new TrainingHistory(epochs, best);
  }

  private double step(Adam adam, int epoch, int b, int start, int batch, double rate) {
    try (NDManager step = network.newManager()) {
      NDList arrays = arrays(step, training, start, batch);
      Gradients gradients;
      double norm;
      try {
        gradients = Gradients.of(network.parameters(), step, leaves -> negative(leaves, arrays));
        norm = gradients.norm();
      } catch (TrainingDivergedException e) {
        throw notFinite(epoch, b, start, batch, "loss", e);
      }
      if (!Double.isFinite(norm)) {
        throw notFinite(epoch, b, start, batch, "gradient", null);
      }
      if (norm > config.maxGradientNorm()) {
        gradients.scale(config.maxGradientNorm() / norm);
      }
      adam.step(gradients, rate);
      return gradients.loss();
    }
  }

  private NDArray negative(NDList leaves, NDList arrays) {
    NDArray context = network.context(leaves, arrays.get(1), arrays.get(2));
    return network.logDensity(leaves, arrays.get(0), context).mean().neg();
  }

  private void initialise(int[] first) {
    try (NDManager step = network.newManager()) {
      NDList arrays = arrays(step, first, 0, first.length);
      network.initialise(
          arrays.get(0), network.context(network.parameters(), arrays.get(1), arrays.get(2)));
    }
  }

  /** The mean of -log q(u | x) without gradients. */
  private double loss(NDList weights, NDList arrays) {
    try (NDManager scope = network.newManager()) {
      NDList inputs = new NDList();
      for (NDArray array : arrays) {
        NDArray copy = array.duplicate();
        copy.attach(scope);
        inputs.add(copy);
      }
      return Parameters.toDoubles(negative(weights, inputs))[0];
    }
  }

  private NDList arrays(NDManager manager, int[] indices, int start, int count) {
    double[] batchU = new double[count * parameters];
    double[] batchValues = new double[count * cells];
    double[] batchObserved = new double[count * cells];
    for (int i = 0; i < count; i++) {
      int row = indices[start + i];
      System.arraycopy(u, row * parameters, batchU, i * parameters, parameters);
      System.arraycopy(values, row * cells, batchValues, i * cells, cells);
      System.arraycopy(observed, row * cells, batchObserved, i * cells, cells);
    }
    return new NDList(
        network.normals(manager, batchU),
        network.data(manager, batchValues),
        network.data(manager, batchObserved));
  }

  private TrainingDivergedException notFinite(
      int epoch, int b, int start, int batch, String what, TrainingDivergedException cause) {
    List<Integer> suspects = new ArrayList<>();
    for (int i = 0; i < batch && suspects.size() < NAMED_SIMULATIONS; i++) {
      try (NDManager scope = network.newManager()) {
        NDList one = arrays(scope, training, start + i, 1);
        if (!Double.isFinite(Parameters.toDoubles(negative(network.parameters(), one))[0])) {
          suspects.add(training[start + i]);
        }
      }
    }
    TrainingDivergedException failure =
        new TrainingDivergedException(
            "epoch %d, batch %d: the %s is not finite%s; lower the learning rate or look for extreme"
                    .formatted(
                        epoch,
                        b,
                        what,
                        suspects.isEmpty() ? "" : ", first at simulations " + suspects)
                + " values in these simulations");
    failure.initCause(cause);
    return failure;
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
