package org.nnks.core.lumpy;

import ai.djl.ndarray.types.DataType;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.nets.Adam;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The training loop of Yokomoto (2026), Algorithm 4 lines 6 to 12: a value network V(z,k;A,K) and a
 * policy network g(z;A,K,p), trained in turn by ADAM on a training set D, with a target network.
 *
 * <p>In each pass the policy network is trained on equation (34) with the value held fixed, the
 * right-hand side (37) is computed on the whole of D with the new policy, and the value network is
 * trained on it by equation (36). All sums outside the networks are in double precision, on the
 * host.
 *
 * <p>Deviations from the letter of the paper, P1 to P7 of docs/deviations.md, which has the effect
 * of each on Khan-Thomas; all but the last are switches of {@link PaperTraining}:
 *
 * <ol>
 *   <li>V is a frictionless baseline plus the network: p [profit + undepreciated capital] at the
 *       forecast price of (A,K). Needed: without it markets do not clear. A price for each A alone
 *       does not do, k* then runs to the corners.
 *   <li>The slow mode of value iteration, the mean of V in each exogenous state, is corrected in
 *       closed form once a pass. Needed at this length: without it the level of V is not reached.
 *   <li>The network's output is scaled by .02, about what baseline and level leave.
 *   <li>g sees p less its forecast, which says the same as p given (A,K).
 *   <li>The value network sees log k; other inputs are levels.
 *   <li>Beyond the capital grid the gradient of (34) is projected: a corner is optimal at some of
 *       the noisy prices, and the network would otherwise run off.
 *   <li>The expectation over exogenous states is taken in a table of the target network, exact at
 *       80 knots of k' and 16 Chebyshev points of K', once a pass instead of once a step; the
 *       gradient of (34) goes through its splines. The target network still follows after every
 *       step.
 * </ol>
 *
 * <p>The paper names no activation: tanh here. Targets jump in p: from about .02 below the forecast
 * on, -p k' + beta E V has two local maxima, so that no smooth g is exact over the whole of the
 * paper's noise of .05. Where markets clear, within .011, it costs little.
 *
 * <p>A solver keeps its networks, the moments of ADAM and the visited K from solve to solve, and
 * draws its points and minibatches from streams numbered by the solve, so that a restored solver
 * continues bit by bit. Not thread-safe.
 */
public final class PaperBellman implements LumpyBellman {

  /** Mean capitals kept of a simulated path: evenly spaced order statistics. */
  static final int OBSERVED = 200;

  private final LumpyInvestment economy;
  private final PaperTraining training;
  private final Seeds seeds;
  private final NetworkValue value;
  private final NetworkPolicy policy;
  private long iteration;
  private double change = Double.POSITIVE_INFINITY;
  private double[] observed = {};

  /**
   * A solver with new networks.
   *
   * @param precision of the networks: FLOAT32 or FLOAT64
   * @param seeds of initial weights, training points and minibatches
   * @throws InvalidInputException if two aggregate states have the same productivity, by which the
   *     networks tell them apart, or if W clears beside p
   */
  public PaperBellman(
      LumpyInvestment economy,
      PaperTraining training,
      Device device,
      DataType precision,
      Seeds seeds) {
    FixedHoursPrice.require(economy, "neural --preset paper", "neural --preset default");
    requireDistinct(economy.aggregate());
    this.economy = economy;
    this.training = training;
    this.seeds = seeds;
    value = new NetworkValue(economy, training, device, precision, seeds);
    policy = new NetworkPolicy(economy, training, device, precision, seeds);
  }

  private static void requireDistinct(MarkovChain aggregate) {
    for (int a = 0; a < aggregate.size(); a++) {
      for (int b = 0; b < a; b++) {
        if (aggregate.level(a) == aggregate.level(b)) {
          throw new InvalidInputException(
              ("the preset paper tells aggregate states apart by their productivity alone, but states"
                      + " %d and %d both have %s: use the preset default or the method exact")
                  .formatted(b + 1, a + 1, aggregate.level(a)));
        }
      }
    }
  }

  @Override
  public LumpyInvestment economy() {
    return economy;
  }

  @Override
  public LumpySolution solve(ForecastRules rules) {
    iteration++;
    RandomGenerator random = seeds.stream("minibatch", iteration);
    TrainingSet data =
        new TrainingSet(
            economy, rules, training.meanCapitals(), training.capitals(), observed, random);
    value.setRules(rules);
    policy.setRules(rules);
    PaperSession session = new PaperSession(economy, training, data, value, policy, random);
    int epochs = iteration == 1 ? training.firstEpochs() : training.laterEpochs();
    change = Double.POSITIVE_INFINITY;
    int epoch = 0;
    while (epoch < epochs && change > training.tolerance()) { // 8: until the right-hand side rests
      double rate = rate(epoch, epochs);
      session.trainPolicy(rate); // 10
      change = session.updateRightHandSide(); // 9, 10
      session.trainValue(rate); // 11
      epoch++;
    }
    return solution(rules, epoch);
  }

  /** Decays geometrically from the initial to the final rate. */
  private double rate(int epoch, int epochs) {
    double progress = epochs == 1 ? 0 : epoch / (epochs - 1.0);
    return training.initialRate()
        * Math.pow(training.finalRate() / training.initialRate(), progress);
  }

  private LumpySolution solution(ForecastRules rules, int epochs) {
    value.tabulate();
    policy.publish();
    return new LumpySolution(
        economy,
        rules,
        value,
        policy,
        Clearing.Method.BATCHED,
        epochs,
        change,
        change <= training.tolerance());
  }

  @Override
  public void observe(SimulatedPath path) {
    double[] sorted = path.capital().toArray();
    Arrays.sort(sorted);
    observed = new double[Math.min(OBSERVED, sorted.length)];
    for (int i = 0; i < observed.length; i++) {
      observed[i] = sorted[(int) ((i + 0.5) * sorted.length / observed.length)];
    }
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put("paper.progress", new double[] {iteration, change});
    state.put("paper.observed", observed.clone());
    state.put("paper.value.offset", value.offset());
    state.put("paper.value.target", value.target().network().values());
    put(state, "paper.value", value.adam());
    put(state, "paper.policy", policy.adam());
    return state;
  }

  private static void put(Map<String, double[]> state, String name, Adam adam) {
    state.put(name + ".weights", adam.network().values());
    state.put(name + ".moments", adam.moments());
    state.put(name + ".steps", new double[] {adam.steps()});
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] progress = get(state, "paper.progress");
    iteration = (long) progress[0];
    change = progress[1];
    observed = get(state, "paper.observed").clone();
    value.setOffset(get(state, "paper.value.offset"));
    value.target().network().setValues(get(state, "paper.value.target"));
    restore(state, "paper.value", value.adam());
    restore(state, "paper.policy", policy.adam());
  }

  private static void restore(Map<String, double[]> state, String name, Adam adam) {
    adam.network().setValues(get(state, name + ".weights"));
    adam.restore((long) get(state, name + ".steps")[0], get(state, name + ".moments"));
  }

  private static double[] get(Map<String, double[]> state, String name) {
    double[] saved = state.get(name);
    if (saved == null) {
      throw new InvalidInputException(
          "the checkpoint does not hold %s: it was not written by the preset paper"
              .formatted(name));
    }
    return saved;
  }

  @Override
  public LumpySolution current(ForecastRules rules) {
    value.setRules(rules);
    policy.setRules(rules);
    return solution(rules, 0);
  }

  @Override
  public void close() {
    policy.close();
    value.close();
  }
}
