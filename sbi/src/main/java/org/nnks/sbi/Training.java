package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.Adam;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Parameters;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Seeds;

/**
 * Algorithm 2 of Liu (2024) on a given set of simulations, with two departures. Its line 6, "the
 * Kullback-Leibler divergence between the empirical distribution of z and the standard normal", is
 * the exact negative log likelihood here, with the log-determinants of the flow and of the prior's
 * bijector; without them a flow that maps everything to 0 would be optimal. Its "while not
 * converge" is a learning rate that falls over all epochs, and faster where held-out simulations do
 * not gain, with early stopping.
 *
 * <p>Each epoch has its own random stream, so that the state after an epoch, {@link #state}, is all
 * that a later process needs to go on with the same bits.
 */
final class Training implements AutoCloseable {

  private static final int NAMED_SIMULATIONS = 3;

  /**
   * Rows behind the regression that a density starts from, at most: in 10 dimensions its divergence
   * from the truth is some 80 nats divided by their number.
   */
  private static final int INITIAL_ROWS = 100_000;

  /** Rows that are validated, or summarised, at once. */
  private static final int CHUNK = 1_000;

  private static final int EPOCH_NUMBERS = 3;

  /** The rate falls so often before the patience ends. */
  private static final int PLATEAUS = 3;

  /** By this factor: three times are a fortieth. */
  private static final double PLATEAU_FALL = 0.3;

  /** The name of the random streams behind losses with noise. */
  private static final String NOISE = "noise";

  private final EstimatorConfig config;
  private final double weightDecay;
  private final TrainingSet set;
  private final ConditionalNetwork network;
  private final Seeds seeds;
  private final int[] training;
  private final int[] validation;
  private final int batch;
  private final Adam adam;
  private final WeightAverage average;

  private final List<TrainingHistory.Epoch> epochs = new ArrayList<>();
  private double startLoss = Double.NaN;
  private int best = -1;
  private double[] bestWeights;

  Training(
      EstimatorConfig config,
      double weightDecay,
      TrainingSet set,
      ConditionalNetwork network,
      Seeds seeds) {
    this.config = config;
    this.weightDecay = weightDecay;
    this.set = set;
    this.network = network;
    this.seeds = seeds;
    validation = heldOut(config, set.numbers(), seeds);
    training = split(config, set.numbers(), seeds, false);
    if (training.length == 0) {
      throw new InvalidInputException(
          "%d rows of one simulation cannot be learned from and validated: give rows of at least two"
              .formatted(set.rows()));
    }
    double growth = Math.sqrt(Math.max(1, set.rows() / (double) EstimatorConfig.GROWING_ROWS));
    batch = Math.min((int) Math.round(config.batch() * growth), training.length);
    adam = new Adam(network.parameters());
    double memory = Math.max(1, config.averaging() * batches());
    average = new WeightAverage(network.parameters(), network.newManager(), memory);
  }

  /** The rows that a training with these seeds holds out, of simulations of these numbers. */
  static int[] heldOut(EstimatorConfig config, long[] numbers, Seeds seeds) {
    return split(config, numbers, seeds, true);
  }

  /**
   * Rows that are held out, or all others, in a random order. Those of one number, such as
   * households of one economy, stay together: they share theta and a history, so that a network
   * which learned economies by heart would look good at them.
   */
  private static int[] split(EstimatorConfig config, long[] numbers, Seeds seeds, boolean held) {
    int[] order = new int[numbers.length];
    Arrays.setAll(order, i -> i);
    Simulations.shuffle(order, seeds.stream("validation split"));
    Map<Long, Integer> sizes = new HashMap<>();
    for (long number : numbers) {
      sizes.merge(number, 1, Integer::sum);
    }
    int count = Math.max(1, (int) Math.round(config.validationShare() * order.length));
    Set<Long> out = new HashSet<>();
    for (int i = 0, rows = 0; rows < count; i++) {
      rows += out.add(numbers[order[i]]) ? sizes.get(numbers[order[i]]) : 0;
    }
    return Arrays.stream(order).filter(i -> out.contains(numbers[i]) == held).toArray();
  }

  private int batches() {
    return training.length / batch;
  }

  /** To get a loss in the units of the user, if it is a mean of log densities. */
  private double offset() {
    return config.flow().kind().matching() ? 0 : set.offset();
  }

  /** Whether there is nothing left to do. */
  boolean finished() {
    return epochs.size() == config.epochs() || epochs.size() - 1 - best >= config.patience();
  }

  /** Puts the network at the regression of targets on conditions, and validates it. */
  void start() {
    initialise(Arrays.copyOf(training, Math.min(INITIAL_ROWS, training.length)));
    average.reset();
    startLoss = loss(network.parameters(), validation) + offset();
    bestWeights = network.values();
  }

  /** One pass over the training rows in a new order, and its validation. */
  TrainingHistory.Epoch epoch() {
    int number = epochs.size();
    double rate = rate(number);
    int[] order = training.clone();
    Simulations.shuffle(order, seeds.stream("minibatches", number));
    RandomGenerator noise = seeds.stream(NOISE, number);
    double loss = 0;
    for (int b = 0; b < batches(); b++) {
      loss += step(order, number, b, rate, noise);
      average.update();
    }
    double validationLoss = loss(average.parameters(), validation) + offset();
    TrainingHistory.Epoch epoch =
        new TrainingHistory.Epoch(loss / batches() + offset(), validationLoss, rate);
    double reached = history().validationLoss();
    epochs.add(epoch);
    // A loss that is not a number never counts as better.
    if (validationLoss < reached) {
      best = number;
      bestWeights = network.values(average.parameters());
    }
    return epoch;
  }

  /**
   * The rate of an epoch: half a cosine over all epochs, and lower after each third of the patience
   * that went by without a fall of the loss: by what happened, so that a resumed training agrees.
   */
  private double rate(int number) {
    double least = startLoss;
    int idle = 0;
    int plateaus = 0;
    for (TrainingHistory.Epoch epoch : epochs) {
      idle = epoch.validationLoss() < least ? 0 : idle + 1;
      least = Math.min(least, epoch.validationLoss());
      if (idle > 0 && idle % Math.max(1, config.patience() / PLATEAUS) == 0) {
        plateaus++;
      }
    }
    double cosine = 0.5 * (1 + Math.cos(Math.PI * number / config.epochs()));
    return config.learningRate() * cosine * Math.pow(PLATEAU_FALL, plateaus);
  }

  /** What has happened so far. */
  TrainingHistory history() {
    return new TrainingHistory(weightDecay, startLoss, epochs, best);
  }

  /** The weights of the best epoch. */
  double[] bestWeights() {
    return bestWeights;
  }

  /** Everything that {@link #restore} needs. */
  Map<String, double[]> state() {
    Map<String, double[]> state = new LinkedHashMap<>();
    state.put("start_loss", new double[] {startLoss});
    state.put("best", new double[] {best});
    state.put("steps", new double[] {adam.steps()});
    state.put("weights", network.values());
    state.put("best_weights", bestWeights);
    state.put("average_weights", Parameters.values(average.parameters()));
    state.put("moments", adam.moments());
    state.put(
        "epochs",
        epochs.stream()
            .flatMapToDouble(
                e -> Arrays.stream(new double[] {e.trainingLoss(), e.validationLoss(), e.rate()}))
            .toArray());
    return state;
  }

  /** Goes back to the state after an epoch of a training of the same network on the same set. */
  void restore(Map<String, double[]> state) {
    startLoss = state.get("start_loss")[0];
    best = (int) state.get("best")[0];
    network.setValues(state.get("weights"));
    bestWeights = state.get("best_weights");
    long steps = (long) state.get("steps")[0];
    average.restore(steps, state.get("average_weights"));
    adam.restore(steps, state.get("moments"));
    epochs.clear();
    double[] numbers = state.get("epochs");
    for (int i = 0; i < numbers.length; i += EPOCH_NUMBERS) {
      epochs.add(new TrainingHistory.Epoch(numbers[i], numbers[i + 1], numbers[i + 2]));
    }
  }

  private double step(int[] order, int epoch, int b, double rate, RandomGenerator noise) {
    int start = b * batch;
    try (NDManager step = network.newManager()) {
      NDList arrays = arrays(step, order, start, batch);
      Gradients gradients;
      double norm;
      try {
        gradients = Gradients.of(network.parameters(), step, leaves -> loss(leaves, arrays, noise));
        norm = gradients.norm();
      } catch (TrainingDivergedException e) {
        throw notFinite(order, epoch, b, "loss", e);
      }
      if (!Double.isFinite(norm)) {
        throw notFinite(order, epoch, b, "gradient", null);
      }
      if (norm > config.maxGradientNorm()) {
        gradients.scale(config.maxGradientNorm() / norm);
      }
      adam.step(gradients, rate);
      network.decay(1 - rate * weightDecay);
      return gradients.loss();
    }
  }

  private NDArray loss(NDList leaves, NDList arrays, RandomGenerator noise) {
    NDArray context = network.context(leaves, arrays.get(1), arrays.get(2));
    return network.loss(leaves, arrays.get(0), context, noise);
  }

  private void initialise(int[] rows) {
    double[] contexts = new double[0];
    int filled = 0;
    for (int start = 0; start < rows.length; start += CHUNK) {
      int count = Math.min(CHUNK, rows.length - start);
      try (NDManager scope = network.newManager()) {
        NDList arrays = arrays(scope, rows, start, count);
        double[] part =
            Parameters.toDoubles(
                network.context(network.parameters(), arrays.get(1), arrays.get(2)));
        if (start == 0) {
          contexts = new double[part.length / count * rows.length];
        }
        System.arraycopy(part, 0, contexts, filled, part.length);
        filled += part.length;
      }
    }
    double[] targets = new double[rows.length * set.width()];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(set.targets(), rows[i] * set.width(), targets, i * set.width(), set.width());
    }
    try (NDManager scope = network.newManager()) {
      network.initialise(network.targets(scope, targets), network.contexts(scope, contexts));
    }
  }

  /** The mean loss without gradients; of a loss with noise, the same each time. */
  private double loss(NDList weights, int[] rows) {
    double sum = 0;
    RandomGenerator noise = seeds.stream("validation noise");
    for (int start = 0; start < rows.length; start += CHUNK) {
      int count = Math.min(CHUNK, rows.length - start);
      try (NDManager scope = network.newManager()) {
        NDList arrays = arrays(scope, rows, start, count);
        for (int pass = 0; pass < network.passes(); pass++) {
          sum += count * Parameters.toDoubles(loss(weights, arrays, noise))[0];
        }
      }
    }
    return sum / rows.length / network.passes();
  }

  private NDList arrays(NDManager manager, int[] rows, int start, int count) {
    int cells = set.shape().size();
    double[] targets = new double[count * set.width()];
    double[] conditions = new double[count * cells];
    double[] observed = new double[count * cells];
    for (int i = 0; i < count; i++) {
      int row = rows[start + i];
      System.arraycopy(set.targets(), row * set.width(), targets, i * set.width(), set.width());
      System.arraycopy(set.conditions(), row * cells, conditions, i * cells, cells);
      System.arraycopy(set.observed(), row * cells, observed, i * cells, cells);
    }
    return new NDList(
        network.targets(manager, targets),
        network.data(manager, conditions),
        network.data(manager, observed));
  }

  /** Names the batch, and the simulations in it whose own loss is not finite. */
  private TrainingDivergedException notFinite(
      int[] order, int epoch, int b, String what, Exception cause) {
    List<Long> suspects = new ArrayList<>();
    for (int i = 0; i < batch && suspects.size() < NAMED_SIMULATIONS; i++) {
      try (NDManager scope = network.newManager()) {
        NDList one = arrays(scope, order, b * batch + i, 1);
        if (!Double.isFinite(
            Parameters.toDoubles(loss(network.parameters(), one, seeds.stream(NOISE, epoch)))[0])) {
          suspects.add(set.numbers()[order[b * batch + i]]);
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

  @Override
  public void close() {
    adam.close();
    average.close();
  }
}
