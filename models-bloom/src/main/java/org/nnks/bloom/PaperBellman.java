package org.nnks.bloom;

import ai.djl.ndarray.types.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.JumpClearing;

/**
 * The training loop of Yokomoto (2026) section 3.2: conditional policy, discrete policy, value
 * network, in this order, by ADAM on random points, with a target network.
 *
 * <p>Deviations from the letter of the paper:
 *
 * <ol>
 *   <li>V is p (1 - delta_k) k at the forecast price, plus a level for every (a, s, s_-1, K, z),
 *       plus the network. The level takes the closed-form correction of the slow modes of value
 *       iteration once an iteration.
 *   <li>The expectation over 50 exogenous states is taken in a table of the target network at all
 *       nodes of (k, n) and K, once an iteration instead of at every point; between nodes it is
 *       cubic, and slopes of the right-hand side are differences. The target network still follows
 *       after every step.
 *   <li>Mean capitals are the nodes of K: the alternative of footnote 12.
 *   <li>The policies see the deviation of log p from its forecast instead of p, which says the same
 *       given the aggregate state and K.
 *   <li>Simulated firms ask the policies at prices around the market's, until two are at most 1 %
 *       apart; between those {@link PaperRule} interpolates.
 * </ol>
 *
 * <p>Draws come from streams numbered by the solve, so that a restored solver continues bit for
 * bit. Not thread-safe.
 */
public final class PaperBellman implements BellmanSolver {

  private final Bloom economy;
  private final PaperTraining training;
  private final JumpClearing.Rule clearing;
  private final Seeds seeds;
  private final ChoiceGrid grid;
  private final PaperNetworks networks;
  private final PaperValue value;
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
    economy.labour().requireLinearDisutility("the paper's networks");
    this.clearing = clearing;
    this.seeds = seeds;
    grid = new ChoiceGrid(economy);
    networks = new PaperNetworks(economy, grid, training, device, precision, seeds);
    value = new PaperValue(economy, grid, networks);
  }

  @Override
  public PaperSolution solve(ForecastRules rules) {
    iteration++;
    RandomGenerator random = seeds.stream("minibatch", iteration);
    int iterations = iteration == 1 ? training.firstIterations() : training.laterIterations();
    PaperSession session =
        new PaperSession(economy, grid, training, networks, value, rules, random);
    change = Double.POSITIVE_INFINITY;
    validation.clear();
    int count = 0;
    while (count < iterations && change > training.tolerance()) {
      double rate = rate(count, iterations);
      session.trainConditional(rate);
      session.trainDiscrete(rate);
      session.trainValue(rate);
      change = session.update();
      validation.add(session.squaredError());
      count++;
    }
    return solution(rules, count);
  }

  /** Decays geometrically from the initial to the final rate. */
  private double rate(int count, int iterations) {
    double progress = iterations == 1 ? 0 : count / (iterations - 1.0);
    return training.initialRate()
        * Math.pow(training.finalRate() / training.initialRate(), progress);
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

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put("paper.progress", new double[] {iteration, change});
    state.put("paper.levels", value.levels().clone());
    networks.save(state);
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
