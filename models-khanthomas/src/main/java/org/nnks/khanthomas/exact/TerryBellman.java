package org.nnks.khanthomas.exact;

import java.util.Arrays;
import java.util.Map;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.Progress;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Grid;

/**
 * The firms' problem to the letter of Terry's (2017) code, to reproduce his numbers: 10 knots in k,
 * 10 nodes in K, V reset to zero, 50 Howard sweeps at given targets, one maximisation, until
 * targets and adjustment thresholds settle.
 *
 * <p>His V is therefore the value of 50 periods, about 2.02 below the infinite-horizon fixed point
 * on the Khan-Thomas economy and almost constantly so; his policies are right. Its Bellman error is
 * that constant, .0475 a sweep. The one difference left is that targets start from mean capital
 * instead of each firm's own capital.
 */
public final class TerryBellman implements LumpyBellman {

  /** Knots in k and nodes in K: Terry (2017) Table B1. */
  public static final int KNOTS = RunSettings.Knots.TERRY_EACH;

  /** Sweeps at given targets, from V = 0. */
  static final int HOWARD_SWEEPS = 50;

  /** Largest change of log k* and log xi* at which the iteration stops. */
  static final double TOLERANCE = 1e-4;

  static final int MAX_ITERATIONS = 1_000;

  private static final String VALUES = "terry.values";
  private static final String TARGETS = "terry.targets";

  private final LumpyInvestment economy;
  private final Grid capital;
  private final Grid meanCapital;
  private final GridValue value;
  private final double[][] targets;
  private final int shocks;
  private Progress progress = Progress.NONE;

  /**
   * A solver on Terry's grid.
   *
   * @throws InvalidInputException if W clears beside p, which his code does not know
   */
  public TerryBellman(LumpyInvestment economy) {
    if (economy.hoursPriceBracket().isPresent()) {
      throw new InvalidInputException(
          "--method terry needs linear disutility of labour, with which p w is a number, but in this"
              + " calibration p w clears the labour market; use --method exact");
    }
    this.economy = economy;
    shocks = economy.idiosyncratic().size();
    capital = Grid.logarithmic(economy.capital().lower(), economy.capital().upper(), KNOTS);
    meanCapital = Grid.linear(economy.meanCapital().lower(), economy.meanCapital().upper(), KNOTS);
    value = new GridValue(economy, new ExogenousTransition(economy), capital, meanCapital);
    targets = new double[economy.aggregate().size() * KNOTS][shocks];
    for (int row = 0; row < targets.length; row++) {
      Arrays.fill(targets[row], meanCapital.get(row % KNOTS));
    }
  }

  @Override
  public LumpyInvestment economy() {
    return economy;
  }

  @Override
  public LumpySolution solve(ForecastRules rules) {
    BellmanOperator operator =
        new BellmanOperator(
            economy, rules, capital.nodes().toArray(), meanCapital.nodes().toArray());
    double[] next = new double[operator.size()];
    double[] thresholds = new double[operator.size()];
    double change = Double.POSITIVE_INFINITY;
    int iteration = 0;
    while (change > TOLERANCE && iteration < MAX_ITERATIONS) {
      Arrays.fill(value.nodes(), 0);
      value.update();
      for (int sweep = 0; sweep < HOWARD_SWEEPS; sweep++) {
        sweep(operator, next);
        System.arraycopy(next, 0, value.nodes(), 0, next.length);
        value.update();
      }
      change = improve(operator, thresholds);
      iteration++;
    }
    progress = new Progress(change, change <= TOLERANCE);
    return solution(rules, iteration * (HOWARD_SWEEPS + 1));
  }

  private LumpySolution solution(ForecastRules rules, int sweeps) {
    return new LumpySolution(
        economy,
        rules,
        value,
        TargetRule.maximiser(),
        Clearing.Method.TERRY,
        sweeps,
        progress.change(),
        progress.converged());
  }

  /** One sweep at given targets; thresholds are chosen afresh. */
  private void sweep(BellmanOperator operator, double[] next) {
    Continuation continuation = value.newContinuation();
    for (int row = 0; row < targets.length; row++) {
      int a = row / KNOTS;
      int j = row % KNOTS;
      value.continuation(a, operator.nextMeanCapital(a, j), continuation);
      operator.apply(a, j, continuation, targets[row], next);
    }
  }

  /** Chooses targets afresh and returns the largest log change of targets and thresholds. */
  private double improve(BellmanOperator operator, double[] thresholds) {
    Continuation continuation = value.newContinuation();
    double change = 0;
    int index = 0;
    for (int row = 0; row < targets.length; row++) {
      int a = row / KNOTS;
      int j = row % KNOTS;
      double price = operator.price(a, j);
      value.continuation(a, operator.nextMeanCapital(a, j), continuation);
      for (int z = 0; z < shocks; z++) {
        double target = continuation.maximise(z, price);
        change = Math.max(change, Math.abs(Math.log(target / targets[row][z])));
        targets[row][z] = target;
        for (int i = 0; i < KNOTS; i++) {
          double left = economy.undepreciated(capital.get(i));
          double stay = economy.unpaid(capital.get(i), target);
          double gain =
              continuation.value(z, target)
                  - price * (target - left)
                  - continuation.value(z, stay)
                  + price * (stay - economy.capital().clamp(left));
          double threshold = Math.max(economy.fixedCost().threshold(gain), Double.MIN_NORMAL);
          change = Math.max(change, Math.abs(Math.log(threshold / thresholds[index])));
          thresholds[index++] = threshold;
        }
      }
    }
    return change;
  }

  @Override
  public Map<String, double[]> state() {
    double[] flat = new double[targets.length * shocks];
    for (int row = 0; row < targets.length; row++) {
      System.arraycopy(targets[row], 0, flat, row * shocks, shocks);
    }
    return Map.of(VALUES, value.nodes().clone(), TARGETS, flat, Progress.NAME, progress.toArray());
  }

  @Override
  public void restore(Map<String, double[]> state) {
    double[] savedValues = state.get(VALUES);
    double[] savedTargets = state.get(TARGETS);
    if (savedValues == null
        || savedTargets == null
        || savedValues.length != value.nodes().length
        || savedTargets.length != targets.length * shocks) {
      throw new InvalidInputException(
          "the checkpoint does not hold a value function and targets on Terry's grid");
    }
    System.arraycopy(savedValues, 0, value.nodes(), 0, savedValues.length);
    for (int row = 0; row < targets.length; row++) {
      System.arraycopy(savedTargets, row * shocks, targets[row], 0, shocks);
    }
    value.update();
    progress = Progress.of(state);
  }

  @Override
  public LumpySolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  @Override
  public void close() {}
}
