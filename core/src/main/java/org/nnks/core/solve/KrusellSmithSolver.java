package org.nnks.core.solve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nnks.core.accuracy.AccuracyReport;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastMeasure;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.RuleRegression;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/**
 * The Krusell-Smith loop: Yokomoto (2026) Algorithm 4, with any solver of the agents' problem. Its
 * lines are quoted beside the code. Stateless.
 */
public final class KrusellSmithSolver {

  /**
   * Mass at an end of the grid that is worth a warning: a grid that truncates more than one agent
   * in twenty shapes what it is to hold.
   */
  public static final double EDGE_MASS = 0.05;

  /**
   * Iterations of which each simulates a part of the periods only, where these are dear: rules that
   * are wrong by a hundredth need not be estimated from all. A fourth, on Bloom et al. (2018),
   * would be noise: forecasts change by .028 in it, by .012 with all periods.
   */
  static final int DRAFTS = 3;

  /** Periods for each that is simulated in a draft. */
  static final int DRAFT_SHARE = 4;

  /**
   * A change of forecasts that ends drafts, and leaves rules as they are: it is little more than
   * that by luck, of .0013 with 800 quarters after the burn-in of Bloom et al. (2018).
   */
  static final double DRAFT_TOLERANCE = 5e-3;

  /**
   * Periods after the burn-in for each aggregate state without which there are no such iterations:
   * with fewer, lines of states that come rarely are luck.
   */
  static final int DRAFT_VISITS = 30;

  private static final double PERCENT = 100;

  private final SolverConfig config;
  private final SolverListener listener;

  /** A solver with the standard configuration that reports to nobody. */
  public KrusellSmithSolver() {
    this(SolverConfig.standard());
  }

  /** A solver that reports to nobody. */
  public KrusellSmithSolver(SolverConfig config) {
    this(config, new SolverListener() {});
  }

  /** A solver that reports to a listener. */
  public KrusellSmithSolver(SolverConfig config, SolverListener listener) {
    this.config = config;
    this.listener = listener;
  }

  /** Solves an economy from the cold start of its solver. */
  public Solution solve(Economy economy, BellmanSolver bellman, int[] shocks, Seeds seeds) {
    return solve(economy, bellman, shocks, SolverState.initial(bellman.coldStart()), seeds);
  }

  /**
   * Solves an economy.
   *
   * @param bellman the solver of the agents' problem; stays open
   * @param shocks aggregate states of the simulation, the same in every iteration
   * @param start rules and whatever else to start or continue from
   * @param seeds for the accuracy report
   * @return a solution of any status; one that {@linkplain Status#DIVERGED diverged} is at the best
   *     rules that cleared
   * @throws DivergedException if markets do not clear at the rules it starts from, or a quantity is
   *     not finite there; the message names the iteration, the place and the quantity
   */
  public Solution solve(
      Economy economy, BellmanSolver bellman, int[] shocks, SolverState start, Seeds seeds) {
    List<Iteration> history = new ArrayList<>(start.history());
    try {
      return iterate(economy, bellman, shocks, start, seeds, history);
    } catch (DivergedException e) {
      throw new DivergedException(
          "iteration %d, %s".formatted(history.size() + 1, e.getMessage()), e);
    }
  }

  private Solution iterate(
      Economy economy,
      BellmanSolver bellman,
      int[] shocks,
      SolverState start,
      Seeds seeds,
      List<Iteration> history) {
    ForecastRules rules = start.rules(); // 2: initialise
    RuleSteps steps = new RuleSteps(config.update(), start);
    if (!start.bellman().isEmpty()) {
      bellman.restore(start.bellman());
    }
    SolverState state = start;
    EconomySimulator simulator = new EconomySimulator();
    SimulatedPath path = null;

    while (true) { // 5: until the forecasting rules converge
      int number = history.size() + 1;
      long begin = System.nanoTime();
      BellmanSolution agents;
      long solved;
      boolean draft = bellman.periodsAreDear() && drafts(economy, shocks, history);
      int[] played = draft ? Arrays.copyOf(shocks, shocks.length / DRAFT_SHARE) : shocks;
      try {
        listener.stepStarted(number, "decisions");
        agents = bellman.solve(rules); // 6-12: value and policy iteration
        solved = System.nanoTime();

        requireFinite(
            "decisions: the last change of the agents' problem",
            agents.change(),
            explosion(agents.rules(), economy.meanCapital()));

        listener.stepStarted(number, "simulation");
        path = // 14: simulate, unless the same agents would decide the same again
            path == null || agents.followsRules()
                ? simulator.simulate(agents.policies(), played)
                : path.forecastBy(rules);
      } catch (DivergedException e) {
        ForecastRules best = steps.best().orElseThrow(() -> e); // a bad start has no shorter step
        bellman.restore(state.bellman());
        Optional<ForecastRules> shorter = steps.shortened();
        if (shorter.isEmpty()) {
          return diverged(economy, bellman, best, shocks, history, seeds, e);
        }
        rules = shorter.get();
        state = state(rules, steps, state.bellman(), history);
        listener.stepShortened(number, e.getMessage());
        listener.checkpoint(state);
        continue;
      }
      long simulated = System.nanoTime();

      ForecastRules estimated = estimate(economy, agents, path); // 17, 18: update the forecasts
      bellman.observe(path); // 19: update the training data

      ForecastMeasure measure = measure(economy, path);
      double change = config.change().of(rules, estimated, measure);
      requireFinite("estimation: the change of the forecast rules", change, "");
      Iteration iteration =
          new Iteration(
              number,
              change,
              RuleChange.FORECASTS.of(rules, estimated, measure),
              agents.sweeps(),
              agents.change(),
              path.clearing().largestResidual(),
              path.clearing().failures(),
              path.clearing().evaluations(),
              (solved - begin) * 1e-9,
              (simulated - solved) * 1e-9);
      history.add(iteration);
      listener.iterationFinished(iteration, config.tolerance());

      boolean settled = !draft && change <= config.tolerance();
      if (!settled) {
        ForecastRules next = steps.next(rules, estimated, measure); // 15, 16: damped, accelerated
        boolean good = draft && iteration.forecastChange() <= DRAFT_TOLERANCE;
        rules = good ? rules : next; // of good rules a draft says too little
        state = state(rules, steps, bellman.state(), history);
        listener.checkpoint(state);
      }
      boolean interrupted = Thread.interrupted();
      if (settled || number >= config.maxIterations() || interrupted) {
        if (draft) {
          path = simulator.simulate(agents.policies(), shocks);
        }
        listener.loopEnded(agents.rules(), estimated, path, config.burnIn());
        AccuracyReport accuracy =
            AccuracyReport.of(economy, simulator, agents, path, config.burnIn(), seeds);
        return conclude(economy, agents, path, estimated, history, accuracy, interrupted, seeds);
      }
    }
  }

  /** Whether the next iteration simulates some periods only. */
  private boolean drafts(Economy economy, int[] shocks, List<Iteration> history) {
    int visits = shocks.length / DRAFT_SHARE - config.burnIn();
    return history.size() < DRAFTS
        && visits >= DRAFT_VISITS * economy.aggregate().size()
        && config.tolerance() < DRAFT_TOLERANCE
        && history.stream().noneMatch(each -> each.forecastChange() <= DRAFT_TOLERANCE);
  }

  private static SolverState state(
      ForecastRules next, RuleSteps steps, Map<String, double[]> bellman, List<Iteration> history) {
    return new SolverState(
        next, steps.acceleration(), steps.safeguard(), bellman, List.copyOf(history));
  }

  /** Everything at the best rules that cleared, and why there are no better ones. */
  private Solution diverged(
      Economy economy,
      BellmanSolver bellman,
      ForecastRules best,
      int[] shocks,
      List<Iteration> history,
      Seeds seeds,
      RuntimeException reason) {
    EconomySimulator simulator = new EconomySimulator();
    BellmanSolution agents = bellman.solve(best);
    SimulatedPath path = simulator.simulate(agents.policies(), shocks);
    ForecastRules estimated = estimate(economy, agents, path);
    listener.loopEnded(best, estimated, path, config.burnIn());
    AccuracyReport accuracy =
        AccuracyReport.of(economy, simulator, agents, path, config.burnIn(), seeds);
    return new Solution(
        Status.DIVERGED,
        "not converged after %d iterations: the step was halved %d times, but still %s"
            .formatted(history.size(), RuleSteps.MAX_SHORTENINGS, reason.getMessage()),
        agents,
        path,
        estimated,
        List.copyOf(history),
        accuracy,
        config,
        seeds.seed(),
        warnings(economy, agents, path, accuracy));
  }

  /** Rules that nobody follows only describe the path, which may leave out states. */
  private ForecastRules estimate(Economy economy, BellmanSolution agents, SimulatedPath path) {
    RuleRegression regression =
        new RuleRegression(
            path.stateArray(),
            path.moments(),
            path.nextMoments(),
            path.prices(),
            config.burnIn() - 1);
    int states = economy.aggregate().size();
    try {
      return agents.followsRules()
          ? regression.estimate(states, economy::neighbour)
          : regression.describe(states, economy::neighbour);
    } catch (InvalidInputException e) { // where the iteration has led, not what was put in
      throw new DivergedException("estimation: " + e.getMessage(), e);
    }
  }

  private ForecastMeasure measure(Economy economy, SimulatedPath path) {
    return ForecastMeasure.on(
        path.stateArray(), path.moments(), config.burnIn() - 1, economy.aggregate().size());
  }

  private Solution conclude(
      Economy economy,
      BellmanSolution agents,
      SimulatedPath path,
      ForecastRules estimated,
      List<Iteration> history,
      AccuracyReport accuracy,
      boolean interrupted,
      Seeds seeds) {
    Iteration last = history.get(history.size() - 1);
    String verdict = verdict(economy, agents, path, last, accuracy);
    Status status =
        verdict.isEmpty()
            ? Status.CONVERGED
            : interrupted
                ? Status.INTERRUPTED
                : settled(last) ? Status.LIMIT_EXCEEDED : Status.ITERATION_LIMIT;
    String sentence =
        verdict.isEmpty()
            ? "converged in %d iterations: last rule change %.2e"
                .formatted(last.number(), last.ruleChange())
            : "not converged after %d iterations: %s".formatted(last.number(), verdict);
    return new Solution(
        status,
        sentence,
        agents,
        path,
        estimated,
        List.copyOf(history),
        accuracy,
        config,
        seeds.seed(),
        warnings(economy, agents, path, accuracy));
  }

  /** What does not speak against a solution but should be known. */
  private List<String> warnings(
      Economy economy, BellmanSolution agents, SimulatedPath path, AccuracyReport accuracy) {
    List<String> warnings = new ArrayList<>(economy.warnings());
    double edge = path.clearing().largestEdgeMass();
    if (edge > EDGE_MASS) {
      warnings.add(
          "up to %.1f %% of agents are at an end of their grid: widen it by %s"
              .formatted(PERCENT * edge, economy.widening()));
    }
    List<Integer> absent =
        IntStream.range(0, economy.aggregate().size())
            .filter(a -> RuleRegression.visits(path.stateArray(), config.burnIn() - 1, a) == 0)
            .mapToObj(a -> a + 1)
            .toList();
    if (agents.followsRules() && !absent.isEmpty()) {
      warnings.add(
          "aggregate states %s never come after the burn-in, and have the forecast rules of others: simulate more periods"
              .formatted(absent));
    }
    accuracy.freshFailure().ifPresent(warnings::add);
    return List.copyOf(warnings);
  }

  private static void requireFinite(String what, double value, String reason) {
    if (!Double.isFinite(value)) {
      throw new DivergedException("%s is %s%s".formatted(what, value, reason));
    }
  }

  /** Where rules forecast what is not finite, if they do: nobody can decide by them. */
  private static String explosion(ForecastRules rules, Grid meanCapital) {
    for (int a = 0; a < rules.states() && rules.moments().size() == 1; a++) {
      for (double capital : new double[] {meanCapital.lower(), meanCapital.upper()}) {
        double price = rules.prices().isEmpty() ? 1 : rules.price(a, capital);
        double next = rules.nextCapital(a, capital);
        if (!(price > 0 && next > 0 && Double.isFinite(price) && Double.isFinite(next))) {
          return "; the rules of aggregate state %d forecast K' = %.3g and p = %.3g at K = %.4g: simulate more periods, for the state came too rarely or at too few K"
              .formatted(a + 1, next, price, capital);
        }
      }
    }
    return "";
  }

  private boolean settled(Iteration last) {
    return last.ruleChange() <= config.tolerance();
  }

  /** Which limit fails, or an empty string. */
  private String verdict(
      Economy economy,
      BellmanSolution agents,
      SimulatedPath path,
      Iteration last,
      AccuracyReport accuracy) {
    if (!settled(last)) {
      return "the rules still change by %.2e, above the tolerance of %.0e"
          .formatted(last.ruleChange(), config.tolerance());
    }
    if (!agents.converged()) {
      return "the agents' problem still changes by %.2e".formatted(agents.change());
    }
    if (path.clearing().failures() > 0) {
      return "%d periods did not clear; the largest residual is %.2e"
          .formatted(path.clearing().failures(), path.clearing().largestResidual());
    }
    Vector capital = path.capital().slice(config.burnIn(), path.periods());
    Grid interval = economy.meanCapital();
    if (!(capital.min() >= interval.lower() && capital.max() <= interval.upper())) {
      return "mean capital moves in [%.4g, %.4g], beyond [%s, %s] on which decisions are solved"
          .formatted(capital.min(), capital.max(), interval.lower(), interval.upper());
    }
    EquationError error = accuracy.headline();
    if (!(error.mean() <= config.bellmanLimit())) {
      return "the mean error of the %s is %.2e, above the limit of %.0e"
          .formatted(error.description(), error.mean(), config.bellmanLimit());
    }
    return "";
  }
}
