package org.nnks.core.neural;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.MomentBox;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.Progress;
import org.nnks.core.economy.Choice;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.tensor.Readout;

/**
 * Solves the agents' problem of any declared economy by training networks: steps 10 and 11 of
 * Algorithm 4 of Yokomoto (2026), with the discrete policy of section 3.2.
 *
 * <p>Deviations from the letter of the paper, all of them the same for every economy: the value has
 * a baseline, an affine part and a scale (see {@link ValueNetwork}); L_val also counts the slopes
 * of V (weight zero turns that off); every branch's controls are trained, not only those of the
 * branch chosen; the maximum in the right-hand side is over the branches' values and not by the
 * discrete policy; policies see log deviations of prices from their forecasts, in windows as wide
 * as twice the largest that the last history showed, and at most as the first; later solves start
 * at a lower rate, the latest at the final one; every solve draws the same numbers; it ends with
 * least-squares fits of the output layer of V, mixed by Anderson's method, and Newton's steps on
 * those of the policies ({@link OutputFit}, {@link PolicyFit}); targets are held for some steps,
 * and with heads a point teaches all exogenous states, and where agents have one state those of V
 * are linear in the moments; between two close prices networks are not asked again ({@link
 * DecisionsBetween}).
 *
 * <p>A solve goes on from the networks of the last. Not thread-safe.
 */
public final class NeuralBellman implements BellmanSolver {

  /** Steps between two corrections of the slow modes; own. */
  private static final int CORRECTED_EVERY = 50;

  /** Points in a correction, each in every exogenous state; own. */
  private static final int CORRECTED_POINTS = 128;

  /** Rows of a correction, at most; own. */
  private static final int MOST_ROWS = 8_192;

  /** Points in a correction for each coefficient that they tell, at least; own. */
  private static final int POINTS_PER_TERM = 4;

  /** Steps between two looks at the losses: one read each. */
  private static final int LOOKED_AT_EVERY = 500;

  /** Steps of the first solve in which the scale of V may grow. */
  private static final int SCALED_WITHIN = 1_000;

  /** Windows are this many times the largest deviation seen. */
  private static final double WINDOW_MARGIN = 2;

  /** The narrowest window: a price search needs some room. */
  private static final double NARROWEST_WINDOW = 1e-3;

  /** The first part of a path, in which its start is forgotten. */
  private static final double FORGOTTEN = .2;

  /** Points at which a solve is judged. */
  private static final int JUDGED_ROWS = 2_000;

  /** How far boxes of moments reach beyond what was visited, as a share of its length. */
  private static final double BOX_MARGIN = .5;

  /**
   * Points of a fit, at least; with slopes each is some rows more. With 256, rules of firms with
   * convex costs are three times as far off.
   */
  private static final int FITTED_POINTS = 1_024;

  /** Points of a fit for each unit of the last layer, at least; own. */
  private static final int POINTS_PER_UNIT = 4;

  /** Steps on the discrete policy after each fit; own. */
  private static final int DISCRETE_STEPS_PER_FIT = 20;

  /** The shortest side of the box of moments, in logs. */
  private static final double NARROWEST_BOX = .01;

  private final NeuralTraining training;
  private final Seeds seeds;
  private final NeuralNetworks networks;
  private final Samples samples;
  private final Visited visited;
  private final NeuralTrainer trainer;
  private final Readout readout;
  private int solves;
  private Progress progress = Progress.NONE;
  private NeuralPolicies policies;
  private AffineModes modes;

  /**
   * A solver with new networks.
   *
   * @param precision of the networks: FLOAT32 or FLOAT64
   * @param seeds of first weights and training points, and of what agents of a panel draw
   * @param readout counts what is read back
   * @throws InvalidInputException if the declaration breaks a rule
   */
  public NeuralBellman(
      DeclaredEconomy economy,
      NeuralTraining training,
      Device device,
      DataType precision,
      Seeds seeds,
      Readout readout) {
    economy.check();
    this.training = training;
    this.seeds = seeds;
    this.readout = readout;
    networks = new NeuralNetworks(economy, training, device, precision, seeds);
    samples =
        new Samples(
            economy,
            networks.exogenous(),
            networks.manager(),
            precision,
            seeds.stream("training-points"));
    visited = new Visited(economy);
    trainer = new NeuralTrainer(networks, training, samples);
  }

  /**
   * Sees a history: from the next solve on, half the training points lie beside its agents, and
   * boxes of moments and windows of prices follow it. Agents are those of its last period.
   */
  @Override
  public void observe(SimulatedPath path) {
    visited.forgetAgents();
    int from = (int) (FORGOTTEN * path.periods());
    int apart = Math.max(1, (path.periods() - from) / Visited.DATES);
    for (int t = from; t < path.periods(); t++) {
      int period = t;
      double[] prices = path.prices().stream().mapToDouble(series -> series.get(period)).toArray();
      double[] forecasts =
          path.priceForecasts().stream().mapToDouble(series -> series.get(period)).toArray();
      visited.addMoments(path.moments(t), prices, forecasts);
      if ((t - from) % apart == 0) {
        visited.addAgents(path.states().get(t), path.moments(t), path.finalAgents().toArray());
      }
    }
  }

  /**
   * Trains under given rules.
   *
   * @throws TrainingDivergedException if a loss is not finite
   */
  @Override
  public AgentSolution solve(ForecastRules rules) {
    networks.believe(rules);
    followHistory();
    closeModes();
    modes = new AffineModes(networks, rules);
    samples.begin();
    trainer.forget();
    boolean trained = solves > 0;
    int steps = trained ? training.laterSteps() : training.firstSteps();
    int held = training.held();
    for (int i = 0; i < steps; i += held) {
      double[] rates = rates(i, Math.min(i + held, steps), steps);
      for (int k = 0; k < training.policySteps() && (trained || i >= training.warmUp()); k++) {
        trainer.trainPolicies(rates[0]);
      }
      trainer.trainValue(rates);
      if (i % CORRECTED_EVERY < held) {
        correct(!trained && i <= SCALED_WITHIN);
      }
      if ((i + held) % LOOKED_AT_EVERY < held) {
        TrainingDivergedException.requireFinite(readout.read(trainer.losses())[0]);
      }
    }
    correct(false);
    if (training.fits() > 0) {
      fit();
    }
    solves++;
    double change = gap(JUDGED_ROWS).share();
    progress = new Progress(change, change <= training.tolerance());
    return solution(rules, steps);
  }

  /** Fits the output layers of V and of the policies again and again. */
  private void fit() {
    trainer.forgetPolicies();
    int last = training.hidden().get(training.hidden().size() - 1);
    int points = Math.max(FITTED_POINTS, POINTS_PER_UNIT * last);
    try (OutputFit output =
            new OutputFit(networks, samples, points, training.slopeWeight(), readout);
        PolicyFit controls = new PolicyFit(networks, samples, last)) {
      for (int i = 0; i < training.fits(); i++) {
        output.fit();
        controls.fit();
        for (int k = 0; k < DISCRETE_STEPS_PER_FIT; k++) {
          trainer.trainDiscrete(training.finalRate());
        }
      }
    }
  }

  private AgentSolution solution(ForecastRules rules, int steps) {
    return new AgentSolution(
        networks.economy(),
        rules,
        Tabulation.of(networks, readout),
        seeds,
        x -> policies(rules, x),
        steps,
        progress.change(),
        progress.converged());
  }

  /**
   * Decisions by the networks of agents at given points, valid until the next call.
   *
   * @param rules that the networks were trained under
   * @param x levels of each state at the points: (states, points)
   */
  public NeuralPolicies policies(ForecastRules rules, double[][] x) {
    closePolicies();
    policies = new NeuralPolicies(networks, rules, x, readout);
    return policies;
  }

  private void closePolicies() {
    if (policies != null) {
      policies.close();
    }
  }

  private void correct(boolean rescale) {
    int most = Math.min(CORRECTED_POINTS, MOST_ROWS / networks.exogenous().size());
    int terms = 1 + networks.value().slopes();
    trainer.correct(modes, Math.max(POINTS_PER_TERM * terms, most), rescale);
  }

  /** Rates of some steps of a solve: they decay geometrically to the final one. */
  private double[] rates(int from, int to, int steps) {
    double first =
        solves == 0
            ? training.initialRate()
            : solves < training.movingSolves() ? training.laterRate() : training.finalRate();
    double decay = Math.pow(training.finalRate() / first, 1 / Math.max(1, steps - 1.0));
    return IntStream.range(from, to).mapToDouble(i -> first * Math.pow(decay, i)).toArray();
  }

  private void followHistory() {
    if (!visited.fresh()) {
      return;
    }
    DeclaredEconomy economy = networks.economy();
    // Hidden layers of agents with several states learn the whole of a single moment's box; what is
    // linear in moments holds nearby, and most pairs of several moments never come.
    if (economy.moments().size() > 1 || economy.states().size() == 1) {
      MomentBox declared = MomentBox.declared(economy.moments());
      double[][] logs = visited.logMoments();
      networks.moveMoments(MomentBox.leaningWithin(logs, BOX_MARGIN, NARROWEST_BOX, declared));
    }
    for (int l = 0; l < economy.prices().size(); l++) {
      double width = WINDOW_MARGIN * visited.deviation(l);
      networks.moveWindow(l, Math.max(NARROWEST_WINDOW, Math.min(training.window(), width)));
    }
    samples.visit(visited.states(), visited.inputs(networks.scales()));
    visited.forgetMoments();
  }

  /** The gap of the Bellman equation at fresh points, under the rules of the last solve. */
  public BellmanGap gap(int rows) {
    try (NDManager scope = networks.device().newManager()) {
      NDList right = new NDList();
      Samples.Batch batch = samples.draw(rows, scope);
      NDArray gap = trainer.gap(networks.point(batch, batch.inputs(), true), scope, right);
      return BellmanGap.of(readout.read(NDArrays.concat(new NDList(gap, right.get(0)))), rows);
    }
  }

  /** Where agents of several states take the best of several branches. */
  @Override
  public boolean periodsAreDear() {
    DeclaredEconomy economy = networks.economy();
    return economy.states().size() > 1
        && economy.branches().size() > 1
        && economy.choice() instanceof Choice.Best;
  }

  @Override
  public ForecastRules coldStart() {
    return StationaryEquilibrium.coldStart(networks.economy());
  }

  @Override
  public AgentSolution current(ForecastRules rules) {
    networks.believe(rules);
    return solution(rules, 0);
  }

  /** Everything that training goes on from, by name. */
  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put(Progress.NAME, progress.toArray());
    state.put("neural.solves", new double[] {solves});
    state.put("neural.coordinates", networks.scales().state());
    state.put("neural.visited", visited.state());
    trainer.save(state, readout);
    return state;
  }

  /**
   * Continues from {@link #state}: the same economy, settings and seed then give the same bits.
   *
   * @throws InvalidInputException if an array is missing
   */
  @Override
  public void restore(Map<String, double[]> state) {
    progress = Progress.of(state);
    solves = (int) NeuralTrainer.get(state, "neural.solves")[0];
    networks.scales().restore(NeuralTrainer.get(state, "neural.coordinates"));
    visited.restore(NeuralTrainer.get(state, "neural.visited"));
    trainer.restore(state);
    if (visited.size() > 0) {
      samples.visit(visited.states(), visited.inputs(networks.scales()));
    }
  }

  /** The networks, for tests of this package. */
  NeuralNetworks networks() {
    return networks;
  }

  private void closeModes() {
    if (modes != null) {
      modes.close();
    }
  }

  @Override
  public void close() {
    closePolicies();
    closeModes();
    trainer.close();
    networks.close();
  }
}
