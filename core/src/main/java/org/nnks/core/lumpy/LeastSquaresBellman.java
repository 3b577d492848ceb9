package org.nnks.core.lumpy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.HashMap;
import java.util.Map;
import org.nnks.core.bellman.Progress;
import org.nnks.core.bellman.ValueIteration;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;

/**
 * nnks's own neural method (preset {@code default}): the paper's two networks, V(z,k;A,K) and the
 * price-conditioned g(z;A,K,p), each with two hidden layers ({@value HeadedValue#WIDTH} wide for V,
 * {@value PriceConditionedPolicy#WIDTH} for g) and one output for every exogenous state, fitted by
 * least squares instead of gradient descent.
 *
 * <p>Value iteration with a fitted output layer: apply the Bellman operator at the sample points,
 * project onto the network, correct the slow mode, repeat. Hidden layers and sample points never
 * change, so what a sweep costs is one batched product for the continuation values, the splines,
 * and one product for the fit. The policy network is then fitted to the exact maximiser on mean
 * capital and price.
 */
public final class LeastSquaresBellman implements LumpyBellman {

  /**
   * Sup-norm change of the fitted values, as a share of their level, below which V is the fixed
   * point.
   */
  static final double TOLERANCE = 1e-9;

  /** With the slow mode corrected 60 to 80 sweeps are usual. */
  static final int MAX_SWEEPS = 500;

  private static final String VALUE = "value";
  private static final String POLICY = "policy";

  private final LumpyInvestment economy;
  private final boolean usePolicyNetwork;
  private final ExogenousTransition transition;
  private final NDManager manager;
  private final HeadedValue value;
  private final PriceConditionedPolicy policy;
  private Progress progress = Progress.NONE;

  /**
   * A solver with its networks on a device.
   *
   * @param usePolicyNetwork whether simulated firms use the policy network's targets or the exact
   *     maximiser of the value network
   */
  public LeastSquaresBellman(
      LumpyInvestment economy, boolean usePolicyNetwork, Device device, Seeds seeds) {
    this.economy = economy;
    this.usePolicyNetwork = usePolicyNetwork;
    transition = new ExogenousTransition(economy);
    manager = device.newManager();
    value = new HeadedValue(economy, transition, device, seeds.stream("value-features"));
    policy = new PriceConditionedPolicy(economy, device, seeds.stream("policy-features"));
  }

  @Override
  public LumpyInvestment economy() {
    return economy;
  }

  @Override
  public LumpySolution solve(ForecastRules rules) {
    double[] meanCapital = value.sampleMeanCapital();
    BellmanOperator operator =
        new BellmanOperator(economy, rules, value.sampleCapital(), meanCapital);
    int shocks = economy.idiosyncratic().size();
    int aggregates = economy.aggregate().size();
    double[] right = new double[operator.size()];
    double[][] targets = new double[aggregates * meanCapital.length][shocks];
    Continuation[] continuations = new Continuation[aggregates * meanCapital.length];
    double[] nextMeanCapital = new double[continuations.length];
    for (int row = 0; row < continuations.length; row++) {
      continuations[row] = value.newContinuation();
      nextMeanCapital[row] =
          operator.nextMeanCapital(row / meanCapital.length, row % meanCapital.length);
    }
    double change = Double.POSITIVE_INFINITY;
    boolean settled = false;
    int sweep = 0;
    value.refit(); // From the weights alone, so that a restored solver continues bit for bit.
    try (NDManager scope = manager.newSubManager()) {
      NDArray features = value.nextFeatures(scope, nextMeanCapital);
      while (!settled && sweep < MAX_SWEEPS) {
        value.continuations(features, continuations);
        for (int row = 0; row < continuations.length; row++) {
          int a = row / meanCapital.length;
          int j = row % meanCapital.length;
          for (int z = 0; z < shocks; z++) {
            targets[row][z] = continuations[row].maximise(z, operator.price(a, j));
          }
          operator.apply(a, j, continuations[row], targets[row], right);
        }
        change = value.fit(right);
        settled = ValueIteration.settled(change, right, TOLERANCE);
        sweep++;
      }
      value.continuations(features, continuations);
    }
    policy.fit(rules, meanCapital, continuations);
    progress = new Progress(change, settled);
    return solution(rules, sweep);
  }

  private LumpySolution solution(ForecastRules rules, int sweeps) {
    value.prepare();
    policy.prepare(rules);
    TargetRule targetRule = usePolicyNetwork ? policy : TargetRule.maximiser();
    return new LumpySolution(
        economy,
        rules,
        value,
        targetRule,
        Clearing.Method.BATCHED,
        sweeps,
        progress.change(),
        progress.converged());
  }

  /**
   * All weights and biases of both networks, layer by layer; the last layers are what is fitted.
   */
  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new HashMap<>();
    value.network().save(VALUE, state);
    policy.network().save(POLICY, state);
    state.put(Progress.NAME, progress.toArray());
    return state;
  }

  /**
   * Continues from saved output layers. The hidden layers must be this solver's own: they are drawn
   * from its seed.
   */
  @Override
  public void restore(Map<String, double[]> state) {
    value.network().restore(VALUE, state);
    policy.network().restore(POLICY, state);
    progress = Progress.of(state);
  }

  @Override
  public LumpySolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  @Override
  public void close() {
    value.close();
    policy.close();
    manager.close();
  }
}
