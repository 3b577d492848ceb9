package org.nnks.sbi;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.archive.RunFolder;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.nets.Gradients;
import org.nnks.core.nets.Parameters;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * Networks of equal weight for q(target | condition): the density is the mean of theirs.
 *
 * <p>Training is in single precision; densities and draws are in double, so that flows invert to
 * about 1e-9.
 */
final class Ensemble implements AutoCloseable {

  /**
   * Rows that are mapped at once: of 10 elements they take some 10 MB. The first 10,000 draws of a
   * process take a third of the time of 10,000 rows at once, whose arrays are new memory each time.
   */
  private static final int CHUNK = 2_000;

  /** Conditions that are summarised at once. */
  private static final int CONTEXT_CHUNK = 200;

  /**
   * The share of the time that keeping the state of a training may take: a state takes .1 s to
   * write where an epoch may take less.
   */
  private static final double SAVING_SHARE = 0.02;

  private static final String FINGERPRINT = "fingerprint";

  private final Layout layout;
  private final List<ConditionalNetwork> members;
  private final List<TrainingHistory> histories;

  /**
   * What fixes the networks but for their weights.
   *
   * @param config of networks and training
   * @param width elements of a target
   * @param shape of a condition
   * @param masked whether conditions may lack values
   * @param seed of weights, splits and minibatches
   */
  record Layout(EstimatorConfig config, int width, DataShape shape, boolean masked, long seed) {

    Layout with(List<Double> weightDecays) {
      return new Layout(
          config.withWeightDecays(weightDecays.toArray(Double[]::new)), width, shape, masked, seed);
    }

    Seeds seeds(int member) {
      return new Seeds(new Seeds(seed).stream("member", member).nextLong());
    }

    ConditionalNetwork network(int member, DataType precision, Device device) {
      return new ConditionalNetwork(config, width, shape, masked, device, precision, seeds(member));
    }
  }

  private Ensemble(
      Layout layout, List<ConditionalNetwork> members, List<TrainingHistory> histories) {
    this.layout = layout;
    this.members = members;
    this.histories = histories;
  }

  /**
   * Trains all members.
   *
   * @param name what the files of states begin with
   * @param checkpoint a folder, created with the first state, where states are kept, and from which
   *     an interrupted training goes on
   */
  static Ensemble train(
      Layout layout,
      TrainingSet set,
      Device device,
      String name,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    Ensemble result = new Ensemble(layout, new ArrayList<>(), new ArrayList<>());
    double[] fingerprint = fingerprint(layout, set);
    try {
      for (int m = 0; m < layout.config().members(); m++) {
        result.trainMember(m, set, device, name, checkpoint, fingerprint, listener);
      }
      return result;
    } catch (RuntimeException e) {
      result.close();
      throw e;
    }
  }

  /** Trains a member with each weight decay; the one with the smallest validation loss stays. */
  private void trainMember(
      int member,
      TrainingSet set,
      Device device,
      String prefix,
      Optional<Path> checkpoint,
      double[] fingerprint,
      TrainingListener listener) {
    TrainingHistory best = null;
    double[] weights = null;
    List<Double> decays = layout.config().weightDecays();
    for (int c = 0; c < decays.size(); c++) {
      String name = "%smember_%d_%d.npz".formatted(prefix, member, c);
      Optional<Path> file = checkpoint.map(folder -> folder.resolve(name));
      try (ConditionalNetwork network = layout.network(member, DataType.FLOAT32, device);
          Training training =
              new Training(layout.config(), decays.get(c), set, network, layout.seeds(member))) {
        if (file.isPresent() && Files.exists(file.get())) {
          training.restore(saved(file.get(), fingerprint));
        } else {
          training.start();
        }
        Optional<Saving> saving = file.map(path -> new Saving(path, fingerprint));
        while (!training.finished()) {
          training.epoch();
          saving.ifPresent(to -> to.afterEpoch(training));
          listener.epochFinished(member, training.history());
        }
        TrainingHistory history = training.history();
        if (best == null || history.validationLoss() < best.validationLoss()) {
          best = history;
          weights = training.bestWeights();
        }
      }
    }
    ConditionalNetwork exact = layout.network(member, DataType.FLOAT64, device);
    exact.setValues(weights);
    members.add(exact);
    histories.add(best);
  }

  /**
   * Keeps the state of one training in a file: after the first epoch, after the last, and in
   * between as often as its share of the time allows. Where a training goes on does not change its
   * bits.
   */
  private static final class Saving {

    private final Path file;
    private final double[] fingerprint;
    private long end;
    private double cost;

    Saving(Path file, double[] fingerprint) {
      this.file = file;
      this.fingerprint = fingerprint;
    }

    void afterEpoch(Training training) {
      long now = System.nanoTime();
      if (cost == 0 || training.finished() || (now - end) * SAVING_SHARE > cost) {
        Map<String, double[]> arrays = new LinkedHashMap<>(training.state());
        arrays.put(FINGERPRINT, fingerprint);
        if (!Files.isDirectory(file.getParent())) {
          RunFolder.create(file.getParent());
        }
        NamedArrays.write(file, arrays);
        end = System.nanoTime();
        cost = end - now;
      }
    }
  }

  private static Map<String, double[]> saved(Path file, double[] fingerprint) {
    Map<String, double[]> arrays = NamedArrays.read(file);
    if (!Arrays.equals(fingerprint, arrays.get(FINGERPRINT))) {
      throw new InvalidInputException(
          file
              + " belongs to a training with another configuration, seed or simulations: choose"
              + " another folder, or remove it to start again");
    }
    return arrays;
  }

  /** SHA-256 of all that decides about a training, as 32 numbers. */
  private static double[] fingerprint(Layout layout, TrainingSet set) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(StrictJson.write(layout).getBytes(StandardCharsets.UTF_8));
      for (double[] part : List.of(set.targets(), set.conditions(), set.observed())) {
        ByteBuffer bytes = ByteBuffer.allocate(part.length * Double.BYTES);
        bytes.asDoubleBuffer().put(part);
        digest.update(bytes);
      }
      byte[] hash = digest.digest();
      return IntStream.range(0, hash.length).mapToDouble(i -> hash[i]).toArray();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /**
   * The same networks in single precision: densities to some 1e-6 in half the time, but no draws.
   */
  Ensemble inSinglePrecision(Device device) {
    Ensemble result = new Ensemble(layout, new ArrayList<>(), histories);
    for (int m = 0; m < members.size(); m++) {
      ConditionalNetwork member = layout.network(m, DataType.FLOAT32, device);
      member.setValues(members.get(m).values());
      result.members.add(member);
    }
    return result;
  }

  /** The training of each member; empty if this was read from files. */
  List<TrainingHistory> histories() {
    return List.copyOf(histories);
  }

  /**
   * Draws targets given conditions: shape (conditions, count, width). Draw k comes from member k
   * modulo their number.
   *
   * @param conditions scaled, any number of them
   */
  double[] sample(double[] conditions, double[] observed, int count, RandomGenerator random) {
    int d = layout.width();
    int rows = conditions.length / layout.shape().size() * count;
    double[] result = new double[rows * d];
    // Algorithm 3, line 2: z from N(0, I), all from one stream whatever the chunks.
    double[] z = new double[rows * d];
    for (int i = 0; i < z.length; i++) {
      z[i] = random.nextGaussian();
    }
    for (int m = 0; m < members.size(); m++) {
      ConditionalNetwork member = members.get(m);
      double[] contexts = contexts(member, conditions, observed);
      int[] mine = rowsOfMember(rows, count, m);
      for (int start = 0; start < mine.length; start += CHUNK) {
        int[] chunk = Arrays.copyOfRange(mine, start, Math.min(start + CHUNK, mine.length));
        // Line 3: target = f^-1(z; x).
        double[] targets;
        try (NDManager scope = member.newManager()) {
          targets =
              Parameters.toDoubles(
                  member.sample(
                      member.targets(scope, rows(z, d, chunk, 1)),
                      member.contexts(
                          scope, rows(contexts, contexts.length / (rows / count), chunk, count))));
        }
        for (int i = 0; i < chunk.length; i++) {
          System.arraycopy(targets, i * d, result, chunk[i] * d, d);
        }
      }
    }
    return result;
  }

  /** log q of each target given its condition; each condition serves equally many targets. */
  double[] logDensity(double[] targets, double[] conditions, double[] observed) {
    int d = layout.width();
    int rows = targets.length / d;
    int sets = conditions.length / layout.shape().size();
    double[][] each = new double[members.size()][rows];
    for (int m = 0; m < each.length; m++) {
      ConditionalNetwork member = members.get(m);
      double[] contexts = contexts(member, conditions, observed);
      for (int start = 0; start < rows; start += CHUNK) {
        int[] chunk = IntStream.range(start, Math.min(start + CHUNK, rows)).toArray();
        try (NDManager scope = member.newManager()) {
          NDArray context =
              member.contexts(scope, rows(contexts, contexts.length / sets, chunk, rows / sets));
          NDArray density =
              member.logDensity(
                  member.parameters(), member.targets(scope, rows(targets, d, chunk, 1)), context);
          System.arraycopy(Parameters.toDoubles(density), 0, each[m], start, chunk.length);
        }
      }
    }
    return logMean(each);
  }

  private static double[] logMean(double[][] each) {
    double[] result = new double[each[0].length];
    for (int i = 0; i < result.length; i++) {
      double max = Double.NEGATIVE_INFINITY;
      for (double[] member : each) {
        max = Math.max(max, member[i]);
      }
      double sum = 0;
      for (double[] member : each) {
        sum += Math.exp(member[i] - max);
      }
      result[i] = max + Math.log(sum / each.length);
    }
    return result;
  }

  /**
   * The derivatives of log q of each target with respect to its own condition, which lacks no
   * values: by automatic differentiation.
   */
  double[] slopes(double[] targets, double[] conditions) {
    int d = layout.width();
    int cells = cells();
    int rows = targets.length / d;
    double[][] each = new double[members.size()][rows];
    double[][] slopes = new double[members.size()][rows * cells];
    for (int m = 0; m < each.length; m++) {
      ConditionalNetwork member = members.get(m);
      for (int start = 0; start < rows; start += CHUNK) {
        int end = Math.min(start + CHUNK, rows);
        try (NDManager scope = member.newManager()) {
          NDArray target = member.targets(scope, Arrays.copyOfRange(targets, start * d, end * d));
          double[] given = Arrays.copyOfRange(conditions, start * cells, end * cells);
          NDArray condition = member.data(scope, given);
          NDArray observed = condition.onesLike();
          NDList density = new NDList();
          Gradients gradients =
              Gradients.of(
                  new NDList(condition),
                  scope,
                  leaves -> {
                    NDList weights = member.parameters();
                    NDArray context = member.context(weights, leaves.get(0), observed);
                    density.add(member.logDensity(weights, target, context));
                    return density.get(0).sum();
                  });
          double[] log = Parameters.toDoubles(density.get(0));
          System.arraycopy(log, 0, each[m], start, log.length);
          double[] part = gradients.values();
          System.arraycopy(part, 0, slopes[m], start * cells, part.length);
        }
      }
    }
    double[] log = logMean(each);
    double[] mean = new double[rows * cells];
    for (int m = 0; m < each.length; m++) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += slopes[m][i] * Math.exp(each[m][i / cells] - log[i / cells]) / each.length;
      }
    }
    return mean;
  }

  /** The statistics that the first member sees of each condition. */
  double[] contexts(double[] conditions, double[] observed) {
    return contexts(members.get(0), conditions, observed);
  }

  /** Row {@code chunk[i] / share} of a table, for each i. */
  private static double[] rows(double[] table, int width, int[] chunk, int share) {
    double[] rows = new double[chunk.length * width];
    for (int i = 0; i < chunk.length; i++) {
      System.arraycopy(table, chunk[i] / share * width, rows, i * width, width);
    }
    return rows;
  }

  /** The summaries of all conditions, each computed once whatever the number of draws. */
  private double[] contexts(ConditionalNetwork member, double[] conditions, double[] observed) {
    int cells = layout.shape().size();
    int sets = conditions.length / cells;
    List<double[]> parts = new ArrayList<>();
    for (int start = 0; start < sets; start += CONTEXT_CHUNK) {
      int end = Math.min(start + CONTEXT_CHUNK, sets);
      try (NDManager scope = member.newManager()) {
        NDArray context =
            member.context(
                member.parameters(),
                member.data(scope, Arrays.copyOfRange(conditions, start * cells, end * cells)),
                member.data(scope, Arrays.copyOfRange(observed, start * cells, end * cells)));
        parts.add(Parameters.toDoubles(context));
      }
    }
    return parts.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private int[] rowsOfMember(int rows, int count, int member) {
    return IntStream.range(0, rows).filter(row -> row % count % members.size() == member).toArray();
  }

  /** The decays that were chosen, each once. */
  List<Double> weightDecays() {
    return histories.stream().map(TrainingHistory::weightDecay).distinct().toList();
  }

  /** The number of cells of a condition. */
  int cells() {
    return layout.shape().size();
  }

  /**
   * The weights of each member by its name in a file.
   *
   * @param prefix what names begin with
   */
  Map<String, double[]> weights(String prefix) {
    Map<String, double[]> weights = new LinkedHashMap<>();
    for (int m = 0; m < members.size(); m++) {
      weights.put(prefix + "member_" + m, members.get(m).values());
    }
    return weights;
  }

  /**
   * An ensemble with the weights of a file.
   *
   * @throws InvalidInputException if the weights do not fit the layout
   */
  static Ensemble read(Path file, String prefix, Layout layout, Device device) {
    Map<String, double[]> weights = NamedArrays.read(file);
    Ensemble result = new Ensemble(layout, new ArrayList<>(), List.of());
    for (int m = 0; m < layout.config().members(); m++) {
      ConditionalNetwork member = layout.network(m, DataType.FLOAT64, device);
      result.members.add(member);
      double[] values = weights.get(prefix + "member_" + m);
      int expected = member.values().length;
      if (values == null || values.length != expected) {
        result.close();
        throw new InvalidInputException(
            "%s: member %d needs %d weights but has %d; the file belongs to another estimator"
                .formatted(file, m, expected, values == null ? 0 : values.length));
      }
      member.setValues(values);
    }
    return result;
  }

  @Override
  public void close() {
    members.forEach(ConditionalNetwork::close);
  }
}
