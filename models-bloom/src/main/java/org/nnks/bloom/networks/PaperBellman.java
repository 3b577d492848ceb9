package org.nnks.bloom.networks;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nnks.bloom.Bloom;
import org.nnks.bloom.ChoiceGrid;
import org.nnks.bloom.FirmSolution;
import org.nnks.bloom.FrictionlessSteadyState;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The training loop of Yokomoto (2026) section 3.2: conditional policy, discrete policy, value
 * network, in this order, by ADAM on random points.
 *
 * <p>Deviations from the letter of the paper:
 *
 * <ol>
 *   <li>The exogenous states (a, s, s_-1, z) are heads and not inputs, as in networks of declared
 *       economies: a point (k, n_-1, K, p) teaches all of them.
 *   <li>The value network is beta E V(k', n, z'; a', s', s, K') as a function of (k', n, K'; a, s,
 *       z), less what a baseline p (1 - delta_k) k at the forecast price and a level for every (a,
 *       s, s_-1, K, z) contribute: V has kinks where firms begin to adjust, which the expectation
 *       smoothes. V follows as the right-hand side. Levels take the closed-form correction of the
 *       slow modes of value iteration.
 *   <li>Between steps it stands in a table at all nodes of (k, n) and K; between nodes that is
 *       cubic. Targets, of the value and of its slopes in k and n_-1, are held while it is trained,
 *       which takes the place of a target network; then its output layer is fitted by least
 *       squares, and so it is several times at the end of an outer iteration, as policies follow.
 *   <li>All branches' places are trained, those of the branch that is taken most; labels of the
 *       discrete policy are shared by branches whose values are almost the same.
 *   <li>Mean capitals of the value are the nodes of K: the alternative of footnote 12; half of
 *       those of the policies, and half of all places, are where the last history was. Every outer
 *       iteration draws the same numbers.
 *   <li>The policies see the deviation of log p from its forecast instead of p, which says the same
 *       given the aggregate state and K.
 *   <li>Simulated firms ask the policies at prices around the market's, until two are at most 1 %
 *       apart; between those {@link PaperRule} interpolates.
 * </ol>
 *
 * <p>A restored solver continues bit for bit. Not thread-safe.
 */
public final class PaperBellman implements BellmanSolver {

  private final Bloom economy;
  private final PaperTraining training;
  private final JumpClearing.Rule clearing;
  private final Seeds seeds;
  private final ChoiceGrid grid;
  private final PaperNetworks networks;
  private final PaperValue value;
  private final PaperPoints points;
  private long iteration;
  private double change = Double.POSITIVE_INFINITY;
  private final List<Double> validation = new ArrayList<>();

  /**
   * A solver with new networks.
   *
   * @param precision of the networks: FLOAT32 or FLOAT64
   * @param seeds of initial weights and training points
   */
  public PaperBellman(
      Bloom economy,
      PaperTraining training,
      JumpClearing.Rule clearing,
      Device device,
      DataType precision,
      Seeds seeds) {
    this.economy = economy;
    this.training = training;
    this.clearing = clearing;
    this.seeds = seeds;
    grid = new ChoiceGrid(economy);
    networks = new PaperNetworks(economy, grid, training, device, precision, seeds);
    value = new PaperValue(economy, grid, networks);
    points = new PaperPoints(economy, grid);
  }

  @Override
  public PaperSolution solve(ForecastRules rules) {
    iteration++;
    RandomGenerator random = seeds.stream("training-points");
    int iterations = iteration == 1 ? training.firstIterations() : training.laterIterations();
    PaperSession session =
        new PaperSession(economy, grid, training, networks, value, points, rules, random);
    networks.forget();
    validation.clear();
    for (int count = 0; count < iterations; count++) {
      session.iterate(rate(count, iterations));
      validation.add(session.squaredError());
    }
    session.fit();
    validation.add(session.squaredError());
    change = session.gap();
    return solution(rules, iterations);
  }

  /** Decays geometrically from the initial to the final rate. */
  private double rate(int count, int iterations) {
    double progress = iterations == 1 ? 0 : count / (iterations - 1.0);
    double first = iteration == 1 ? training.initialRate() : training.laterRate();
    return first * Math.pow(training.finalRate() / first, progress);
  }

  private PaperSolution solution(ForecastRules rules, int count) {
    value.tabulate(rules);
    return new PaperSolution(
        economy,
        grid,
        training,
        networks,
        value,
        Vector.of(validation.stream().mapToDouble(Double::doubleValue).toArray()),
        new FirmSolution.Solve(rules, clearing, count, change, change <= training.tolerance()));
  }

  /** Sees a history, beside whose firms half the points of later solves are. */
  @Override
  public void observe(SimulatedPath path) {
    points.observe(path);
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put("paper.progress", new double[] {iteration, change});
    state.put("paper.levels", value.levels().clone());
    networks.save(state);
    points.save(state);
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] progress = PaperNetworks.get(state, "paper.progress");
    iteration = (long) progress[0];
    change = progress[1];
    double[] levels = PaperNetworks.get(state, "paper.levels");
    System.arraycopy(levels, 0, value.levels(), 0, levels.length);
    networks.restore(state);
    points.restore(state);
  }

  /** Rules through the steady states without adjustment costs of every level of a. */
  @Override
  public ForecastRules coldStart() {
    return FrictionlessSteadyState.coldStart(economy);
  }

  @Override
  public PaperSolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  @Override
  public void close() {
    networks.close();
  }
}
