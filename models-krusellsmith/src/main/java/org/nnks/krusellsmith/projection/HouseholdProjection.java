package org.nnks.krusellsmith.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.nets.TrainingDivergedException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.Households;
import org.nnks.krusellsmith.KrusellSmith;

/**
 * Solves households' Euler equation by least squares on features that are drawn and never trained,
 * in the economy by which decisions are judged: Young's histogram with the chains of both shocks,
 * on households that are met there and on households placed anywhere in it ({@link
 * HouseholdSample}, {@link HouseholdEquation}). It is fitted time iteration (Coleman 1990, Journal
 * of Business and Economic Statistics 8), a projection method (Judd 1992, Journal of Economic
 * Theory 58). Decisions are functions of prices and K, and what K becomes is learned from the
 * histories: forecast rules change nothing. It starts from the policy that keeps capital, or from
 * any other.
 *
 * <p>Histories start with equal wealth, as all of them do, so that the distributions of each age
 * are met that an evaluation meets. Not thread-safe.
 */
public final class HouseholdProjection implements BellmanSolver {

  /** Nodes of the histograms: a sample needs their means only, not each cell. */
  private static final int NODES = 200;

  private static final String SOLVED = "projection.solved";
  private static final String FEATURES = "projection.features";
  private static final String HEADS = "projection.heads";

  private final KrusellSmith economy;
  private final KrusellSmith coarse;
  private final ProjectionConfig config;
  private final ProjectionListener listener;
  private final Seeds seeds;
  private final HouseholdInputs inputs;
  private final DrawnFeatures features;
  private ProjectedPolicy policy;
  private boolean solved;
  private double change = Double.POSITIVE_INFINITY;
  private boolean converged;

  /** A solver whose features are drawn from the stream "features" of some seeds. */
  public HouseholdProjection(
      KrusellSmith economy,
      ProjectionConfig config,
      ProjectionListener listener,
      Device device,
      Seeds seeds) {
    economy.requireIncome();
    this.economy = economy;
    this.config = config;
    this.listener = listener;
    this.seeds = seeds;
    coarse = new KrusellSmith(economy.calibration().withHistogramNodes(NODES));
    inputs = new HouseholdInputs(economy);
    features =
        DrawnFeatures.draw(inputs.width(), config.hidden(), device, seeds.stream("features"));
    policy = ProjectedPolicy.keepingCapital(economy, inputs, features);
  }

  @Override
  public BellmanSolution solve(ForecastRules rules) {
    return solve(rules, policy);
  }

  /**
   * Solves, unless that is done, starting from other decisions.
   *
   * @param start whose history the first households are taken from, and to whose outputs the first
   *     policy is fitted
   */
  public BellmanSolution solve(ForecastRules rules, HouseholdRule start) {
    int iterations = solved ? 0 : project(start);
    solved = true;
    return solution(rules, iterations);
  }

  @Override
  public BellmanSolution current(ForecastRules rules) {
    return solution(rules, 0);
  }

  private BellmanSolution solution(ForecastRules rules, int iterations) {
    return new HouseholdSolution(economy, policy, rules, iterations, change, converged);
  }

  /** Returns the number of iterations. */
  private int project(HouseholdRule start) {
    int done = 0;
    HouseholdRule lived = start;
    for (int round = 0; round < config.rounds(); round++) {
      RandomGenerator random = seeds.stream("households", round);
      HouseholdSample sample =
          HouseholdSample.of(
              coarse, simulate(lived, random), config.classes(), config.anywhere(), random);
      HouseholdEquation equation = new HouseholdEquation(coarse, inputs, features, policy, sample);
      if (round == 0 && start != policy) {
        equation.fitTo(start);
      }
      HouseholdEquation.Step step = null;
      for (int i = 0; i < config.iterations() && !settled(step); i++) {
        step = equation.iterate();
        if (!Double.isFinite(step.change())) {
          throw new TrainingDivergedException(
              "the projection diverged in round %d, iteration %d: solve with more households"
                  .formatted(round + 1, i + 1));
        }
        done++;
        listener.projecting(
            new ProjectionProgress(
                done, config.rounds() * config.iterations(), step.change(), step.error()));
      }
      policy = equation.policy();
      lived = policy;
      change = Math.max(step.change(), step.error());
      converged = settled(step) && step.error() <= config.errorTolerance();
    }
    return done;
  }

  private boolean settled(HouseholdEquation.Step step) {
    return step != null && step.change() <= config.tolerance();
  }

  /** Some histograms of a history in which all decide by a rule. */
  private List<Households> simulate(HouseholdRule rule, RandomGenerator random) {
    double[][] capital = new double[coarse.states()][];
    Arrays.fill(capital, coarse.capital().nodes().toArray());
    double[][] next = new double[capital.length][coarse.capital().size()];
    int[] states =
        coarse.aggregate().simulate(coarse.start().aggregateState(), config.periods() + 1, random);
    Households households = Households.start(coarse, states[0]);
    List<Households> kept = new ArrayList<>();
    for (int t = 1; t <= config.periods(); t++) {
      rule.nextCapital(households, capital, next);
      households.advance(next, states[t]);
      if (t > config.burnIn() && t % config.interval() == 0) {
        kept.add(households.copy());
      }
    }
    return kept;
  }

  @Override
  public Map<String, double[]> state() {
    Map<String, double[]> state = new TreeMap<>();
    state.put(SOLVED, new double[] {solved ? 1 : 0, change, converged ? 1 : 0});
    state.put(FEATURES, features.values());
    state.put(HEADS, policy.values());
    return state;
  }

  @Override
  public void restore(Map<String, double[]> state) {
    try {
      double[] progress = get(state, SOLVED);
      features.setValues(get(state, FEATURES));
      policy = policy.withValues(get(state, HEADS));
      solved = progress[0] != 0;
      change = progress[1];
      converged = progress[2] != 0;
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          "the checkpoint was written with other features (%s): resume with the settings it was written with"
              .formatted(e.getMessage()),
          e);
    }
  }

  private static double[] get(Map<String, double[]> state, String name) {
    return Optional.ofNullable(state.get(name))
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "the checkpoint does not hold %s: it was not written by a projection"
                        .formatted(name)));
  }

  @Override
  public ForecastRules coldStart() {
    return economy.representativeRules();
  }

  @Override
  public void close() {
    features.close();
  }
}
