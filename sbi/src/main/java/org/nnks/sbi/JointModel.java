package org.nnks.sbi;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.io.AtomicFiles;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.io.StrictJson;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.flow.SummarySpec;

/**
 * One network for the joint density of parameters and data and all its conditionals: posterior,
 * likelihood, and whatever lies between, such as the posterior of some parameters given others and
 * half of the data. Gloeckler et al. (2024), All-in-one simulation-based inference: flow matching
 * of (theta, x) with random masks of what is given.
 *
 * <p>Bounded parameters are seen standardised; draws outside of the prior's support are rejected.
 * Like {@link NeuralLikelihood}, it sees data as one short vector without gaps.
 */
public final class JointModel implements AutoCloseable {

  private static final String FORMAT = "nnks-joint-model-1";
  private static final String SETTINGS_FILE = "joint.json";
  private static final String WEIGHTS_FILE = "joint.npz";
  private static final Bijector BIJECTOR = Bijector.STANDARDISED;

  /** Draws behind the mass in the support that a posterior's density is divided by. */
  private static final int ACCEPTANCE_DRAWS = 2_000;

  /** With fewer draws in the support than one in so many, data are not the simulations'. */
  private static final int MOST_REJECTED = 1_000;

  private final Prior prior;
  private final Settings settings;
  private final Ensemble ensemble;

  record Settings(
      String format,
      List<Parameter> prior,
      DataShape shape,
      EstimatorConfig config,
      Scaling scaling,
      long seed) {

    int width() {
      return prior.size() + shape.size();
    }

    Ensemble.Layout layout() {
      return new Ensemble.Layout(config, width(), DataShape.vector(width()), true, seed);
    }
  }

  private JointModel(Settings settings, Ensemble ensemble) {
    this.prior = new Prior(settings.prior());
    this.settings = settings;
    this.ensemble = ensemble;
  }

  /**
   * Trains on simulations; see {@link #train(Prior, Simulations, EstimatorConfig, Device, long,
   * Optional, TrainingListener)}.
   */
  public static JointModel train(
      Prior prior, Simulations simulations, EstimatorConfig config, Device device, long seed) {
    return train(prior, simulations, config, device, seed, Optional.empty(), TrainingListener.NONE);
  }

  /**
   * Trains on simulations from the prior.
   *
   * @param config such as {@link EstimatorConfig#flowMatching}; the kind of its flow does not count
   * @param checkpoint as for {@link NeuralPosterior}
   * @param listener told of each epoch
   * @throws InvalidInputException as for {@link NeuralLikelihood}, and if the prior has a density
   *     of the user's own, which no file can hold
   */
  public static JointModel train(
      Prior prior,
      Simulations simulations,
      EstimatorConfig config,
      Device device,
      long seed,
      Optional<Path> checkpoint,
      TrainingListener listener) {
    UsableSimulations.require(prior, simulations);
    if (prior.joint().isPresent()) {
      throw new InvalidInputException(
          "a joint model needs a prior of independent parameters, but this one has a joint density:"
              + " use a posterior and a likelihood");
    }
    Scaling scaling = NeuralLikelihood.scaling(simulations);
    FlowSpec flow = config.flow();
    EstimatorConfig masked =
        config
            .withSummary(SummarySpec.direct())
            .withFlow(
                new FlowSpec(
                    FlowSpec.Kind.MASKED, flow.layers(), flow.hidden(), flow.bins(), flow.bound()));
    Settings settings =
        new Settings(FORMAT, prior.parameters(), simulations.shape(), masked, scaling, seed);
    int width = settings.width();
    double[] x = scaling.apply(simulations.valuesUnsafe(), simulations.observedUnsafe());
    double[] targets = new double[simulations.size() * width];
    double[] data = new double[targets.length];
    for (int i = 0; i < simulations.size(); i++) {
      double[] theta = BIJECTOR.toLearn(prior, simulations.theta(i)).toArray();
      fill(targets, i * width, theta, x, i * simulations.shape().size(), width);
      Arrays.fill(data, i * width + prior.size(), (i + 1) * width, 1);
    }
    TrainingSet set =
        new TrainingSet(
            width,
            targets,
            DataShape.vector(width),
            new double[targets.length],
            data,
            0,
            simulations.numbersUnsafe());
    Ensemble ensemble = Ensemble.train(settings.layout(), set, device, "", checkpoint, listener);
    return new JointModel(settings, ensemble);
  }

  /** Puts parameters, and data from a position on, into a row that starts at another. */
  private static void fill(
      double[] row, int start, double[] theta, double[] x, int position, int width) {
    System.arraycopy(theta, 0, row, start, theta.length);
    System.arraycopy(x, position, row, start + theta.length, width - theta.length);
  }

  /** The training of each member; empty if this was read from files. */
  public List<TrainingHistory> histories() {
    return ensemble.histories();
  }

  /**
   * Draws of everything given some of it.
   *
   * @param known parameters in the order of the prior and then data, row by row; NaN where it is
   *     not known
   * @return shape (count, parameters and data): what is known is the same in all rows
   * @throws InvalidInputException if next to no draw lies in the support of the prior
   */
  public Matrix sample(Vector known, int count, RandomGenerator random) {
    return sampleEach(List.of(known), count, random).get(0);
  }

  /** The same for many, in one batch; those of which draws were rejected are drawn from again. */
  private List<Matrix> sampleEach(List<Vector> known, int count, RandomGenerator random) {
    int width = settings.width();
    double[][] rows = new double[known.size()][count * width];
    int[] filled = new int[rows.length];
    int[] open = IntStream.range(0, rows.length).toArray();
    for (int tried = count; open.length > 0; tried += count) {
      double[] given = new double[open.length * width];
      double[] mask = new double[given.length];
      for (int s = 0; s < open.length; s++) {
        see(known.get(open[s]), given, mask, s * width);
      }
      double[] draws = ensemble.sample(given, mask, count, random);
      for (int i = 0; i < open.length * count; i++) {
        int s = open[i / count];
        Vector row = shown(Arrays.copyOfRange(draws, i * width, (i + 1) * width), known.get(s));
        if (filled[s] < count && prior.contains(row.slice(0, prior.size()))) {
          System.arraycopy(row.toArray(), 0, rows[s], filled[s]++ * width, width);
        }
      }
      for (int s : open) {
        if (filled[s] < tried / MOST_REJECTED) {
          throw rejected(tried, filled[s]);
        }
      }
      open = Arrays.stream(open).filter(s -> filled[s] < count).toArray();
    }
    return Arrays.stream(rows).map(row -> Matrix.of(count, width, row)).toList();
  }

  /** Puts what is known, as the network sees it, and its mask into rows that start somewhere. */
  private void see(Vector known, double[] given, double[] mask, int start) {
    if (known.size() != settings.width()) {
      throw new InvalidInputException(
          "known values: expected %d parameters and %d data, NaN where unknown, but got %d numbers"
              .formatted(prior.size(), settings.shape().size(), known.size()));
    }
    for (int j = 0; j < known.size(); j++) {
      if (!Double.isNaN(known.get(j))) {
        given[start + j] = seen(j, known.get(j));
        mask[start + j] = 1;
      }
    }
  }

  private double seen(int j, double value) {
    if (j < prior.size()) {
      return BIJECTOR.toLearn(prior.parameters().get(j), value);
    }
    int cell = j - prior.size();
    return (value - settings.scaling().mean().get(cell)) / settings.scaling().sd().get(cell);
  }

  /** A row in the units of the user; what is known is as it was given, to the bit. */
  private Vector shown(double[] draw, Vector known) {
    double[] row = draw.clone();
    double[] x = Arrays.copyOfRange(draw, prior.size(), draw.length);
    System.arraycopy(settings.scaling().undo(x), 0, row, prior.size(), x.length);
    for (int j = 0; j < row.length; j++) {
      if (!Double.isNaN(known.get(j))) {
        row[j] = known.get(j);
      } else if (j < prior.size()) {
        row[j] = BIJECTOR.toTheta(prior.parameters().get(j), draw[j]);
      }
    }
    return Vector.ofUnsafe(row);
  }

  /** Draws from the posterior, given all data and no parameter. */
  public Draws posterior(Data data, int count, RandomGenerator random) {
    return posteriors(List.of(data), count, random).get(0);
  }

  /** The posteriors of all data of simulations, {@code count} draws each, in one batch. */
  public List<Draws> posteriors(Simulations simulations, int count, RandomGenerator random) {
    return posteriors(
        IntStream.range(0, simulations.size()).mapToObj(simulations::data).toList(), count, random);
  }

  private List<Draws> posteriors(List<Data> sets, int count, RandomGenerator random) {
    List<Vector> known = new ArrayList<>();
    for (Data data : sets) {
      double[] row = new double[settings.width()];
      double[] x = NeuralLikelihood.complete(data, settings.shape());
      fill(row, 0, nan(prior.size()), x, 0, row.length);
      known.add(Vector.ofUnsafe(row));
    }
    return sampleEach(known, count, random).stream()
        .map(all -> new Draws(prior.names(), parameters(all)))
        .toList();
  }

  private Matrix parameters(Matrix all) {
    double[][] theta = new double[all.rows()][];
    Arrays.setAll(theta, i -> all.row(i).slice(0, prior.size()).toArray());
    return Matrix.ofRows(theta);
  }

  private static double[] nan(int count) {
    double[] nan = new double[count];
    Arrays.fill(nan, Double.NaN);
    return nan;
  }

  /** log q(theta | x) of each row of theta; minus infinity outside of the prior's support. */
  public Vector logPosterior(Data data, Matrix theta) {
    double[] log = logDensity(data, theta, false);
    double inside = BIJECTOR.leaks(prior) ? acceptance(data) : 1;
    for (int i = 0; i < log.length; i++) {
      Vector row = theta.row(i);
      log[i] =
          prior.contains(row)
              ? log[i]
                  - BIJECTOR.logDeterminant(prior, BIJECTOR.toLearn(prior, row))
                  - Math.log(inside)
              : Double.NEGATIVE_INFINITY;
    }
    return Vector.ofUnsafe(log);
  }

  /** The share of posterior draws that lie in the support, by the same draws each time. */
  private double acceptance(Data data) {
    int width = settings.width();
    int d = prior.size();
    double[] given = new double[width];
    double[] mask = new double[width];
    fill(given, 0, new double[d], scaled(data), 0, width);
    Arrays.fill(mask, d, width, 1);
    double[] draws =
        ensemble.sample(given, mask, ACCEPTANCE_DRAWS, new Seeds(0).stream("acceptance"));
    int inside = 0;
    for (int start = 0; start < draws.length; start += width) {
      Vector u = Vector.ofUnsafe(Arrays.copyOfRange(draws, start, start + d));
      inside += prior.contains(BIJECTOR.toTheta(prior, u)) ? 1 : 0;
    }
    if (inside == 0) {
      throw rejected(ACCEPTANCE_DRAWS, inside);
    }
    return inside / (double) ACCEPTANCE_DRAWS;
  }

  private static InvalidInputException rejected(int tried, int inside) {
    return new InvalidInputException(
        "of %d draws %d lie in the prior's support: what is given is unlike the simulations"
            .formatted(tried, inside));
  }

  private double[] scaled(Data data) {
    double[] x = NeuralLikelihood.complete(data, settings.shape());
    return settings.scaling().apply(x, NeuralLikelihood.ones(x.length));
  }

  /** log q(x | theta) at each row of theta; all rows must lie in the support. */
  public Vector logLikelihood(Data data, Matrix theta) {
    double[] log = logDensity(data, theta, true);
    double scale = settings.scaling().logDeterminant();
    return Vector.ofUnsafe(Arrays.stream(log).map(q -> q - scale).toArray());
  }

  /** Of the scaled data given parameters, or the other way round, at each row of theta. */
  private double[] logDensity(Data data, Matrix theta, boolean parametersGiven) {
    int d = prior.size();
    int width = settings.width();
    double[] x = scaled(data);
    double[] targets = new double[theta.rows() * width];
    double[] mask = new double[targets.length];
    double[] given = new double[targets.length];
    for (int i = 0; i < theta.rows(); i++) {
      int start = i * width;
      Vector row = theta.row(i);
      double[] u = prior.contains(row) ? BIJECTOR.toLearn(prior, row).toArray() : new double[d];
      fill(targets, start, u, x, 0, width);
      int from = start + (parametersGiven ? 0 : d);
      int to = start + (parametersGiven ? d : width);
      Arrays.fill(mask, from, to, 1);
      System.arraycopy(targets, from, given, from, to - from);
    }
    return ensemble.logDensity(targets, given, mask);
  }

  /** Writes {@code joint.json} and {@code joint.npz} into a folder that exists. */
  public void write(Path folder) {
    NamedArrays.write(folder.resolve(WEIGHTS_FILE), ensemble.weights(""));
    AtomicFiles.write(folder.resolve(SETTINGS_FILE), StrictJson.write(settings));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws InvalidInputException if a file is missing or does not fit
   */
  public static JointModel read(Path folder, Device device) {
    Path file = folder.resolve(SETTINGS_FILE);
    Settings settings = StrictJson.read(file, Settings.class);
    if (!settings.format().equals(FORMAT)) {
      throw new InvalidInputException(
          "%s: format must be %s but is %s".formatted(file, FORMAT, settings.format()));
    }
    return new JointModel(
        settings, Ensemble.read(folder.resolve(WEIGHTS_FILE), "", settings.layout(), device));
  }

  @Override
  public void close() {
    ensemble.close();
  }
}
