package org.nnks.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.StringReader;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.nnks.core.archive.Accuracy;
import org.nnks.core.bellman.BellmanSolution;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.bellman.EquationError;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.StrictJson;
import org.nnks.core.model.Economy;
import org.nnks.core.numeric.DivergedException;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.History;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.Policies;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.simulate.UnclearedMarketException;

class KrusellSmithSolverTest {

  private static final Seeds SEEDS = new Seeds(1);
  private static final int PERIODS = 250;
  private static final int BURN_IN = 50;

  private final Followers economy = Followers.standard();
  private final ForecastRules start = Followers.firstRules();
  private int[] shocks = economy.aggregate().simulate(0, PERIODS, SEEDS.stream("aggregate"));

  private static SolverConfig config(double tolerance, int iterations, RuleUpdate update) {
    return new SolverConfig(BURN_IN, tolerance, iterations, update, .01);
  }

  private BellmanSolver solver() {
    return economy.solver();
  }

  private Solution solve(SolverConfig config, SolverState state, SolverListener listener) {
    try (BellmanSolver firms = solver()) {
      return new KrusellSmithSolver(config, listener).solve(economy, firms, shocks, state, SEEDS);
    }
  }

  @Test
  void accelerationAndDampingFindTheSameFixedPoint() {
    Solution accelerated =
        solve(config(1e-7, 40, RuleUpdate.anderson()), SolverState.initial(start), quiet());
    Solution damped =
        solve(config(1e-7, 80, RuleUpdate.damped()), SolverState.initial(start), quiet());
    assertThat(accelerated.requireConverged().status()).isEqualTo(Status.CONVERGED);
    assertThat(damped.requireConverged().status()).isEqualTo(Status.CONVERGED);
    assertThat(accelerated.history().size()).isLessThan(damped.history().size());
    // Both stop within 1e-7 of their image; a contraction of .9 leaves at most ten times that.
    assertThat(accelerated.rules().distance(damped.rules())).isLessThan(2e-6);
    assertThat(accelerated.estimated().distance(accelerated.rules())).isLessThanOrEqualTo(1e-7);
    assertThat(accelerated.verdict()).startsWith("converged in ");
    assertThat(accelerated.path().price().toArray())
        .as("the path was simulated with the rules returned")
        .containsExactly(
            solve(
                    config(1, 1, RuleUpdate.anderson()),
                    SolverState.initial(accelerated.rules()),
                    quiet())
                .path()
                .price()
                .toArray(),
            org.assertj.core.api.Assertions.within(1e-6));
  }

  /** A regression on an exact line finds it, so the fixed point is known. */
  @Test
  void theFixedPointIsThatOfTheClosedForm() {
    Followers straight = new Followers(economy.meanCapital(), 0, 0);
    try (BellmanSolver firms = straight.solver()) {
      Solution solution =
          new KrusellSmithSolver(config(1e-9, 40, RuleUpdate.anderson()))
              .solve(straight, firms, shocks, SolverState.initial(start), SEEDS);
      // Beliefs of .6 leave two and a half times the last change.
      assertThat(solution.requireConverged().rules().distance(Followers.LAWS)).isLessThan(5e-9);
      assertThat(solution.accuracy().freshPath().capitalMax()).isLessThan(1e-5);
    }
  }

  @Test
  void aResumedSolveEndsOnTheSameBits() {
    List<SolverState> checkpoints = new ArrayList<>();
    SolverConfig config = config(1e-6, 40, RuleUpdate.anderson());
    Solution whole =
        solve(
            config,
            SolverState.initial(start),
            new SolverListener() {
              @Override
              public void checkpoint(SolverState state) {
                checkpoints.add(state);
              }
            });
    assertThat(checkpoints).hasSize(whole.history().size() - 1);
    Solution resumed = solve(config, checkpoints.get(2), quiet());
    assertThat(resumed.path()).isEqualTo(whole.path());
    assertThat(resumed.rules()).isEqualTo(whole.rules());
    assertThat(resumed.history()).hasSameSizeAs(whole.history());
  }

  /** A solver whose periods are dear. */
  private BellmanSolver dear() {
    BellmanSolver cheap = solver();
    return (BellmanSolver)
        Proxy.newProxyInstance(
            BellmanSolver.class.getClassLoader(),
            new Class<?>[] {BellmanSolver.class},
            (proxy, method, arguments) ->
                method.getName().equals("periodsAreDear") ? true : method.invoke(cheap, arguments));
  }

  private Solution draft(SolverConfig config, SolverState state, SolverListener listener) {
    try (BellmanSolver firms = dear()) {
      return new KrusellSmithSolver(config, listener).solve(economy, firms, shocks, state, SEEDS);
    }
  }

  /**
   * Where periods are dear the first iterations simulate few, and the loop ends where it does
   * without them, on the whole path; so does one that goes on from any checkpoint.
   */
  @Test
  void firstIterationsSimulateFewPeriodsWhereTheseAreDear() {
    shocks = economy.aggregate().simulate(0, 4 * (BURN_IN + 60), SEEDS.stream("aggregate"));
    SolverConfig config = config(1e-7, 40, RuleUpdate.anderson());
    Recorder recorder = new Recorder();
    Solution drafted = draft(config, SolverState.initial(start), recorder);
    Solution whole = solve(config, SolverState.initial(start), quiet());
    assertThat(drafted.requireConverged().rules().distance(whole.rules())).isLessThan(2e-6);
    assertThat(drafted.path().periods()).isEqualTo(whole.path().periods());
    long evaluations = shocks.length; // one a period
    assertThat(drafted.history().get(0).priceEvaluations()).isEqualTo(evaluations / 4);
    assertThat(drafted.history())
        .extracting(Iteration::priceEvaluations)
        .containsOnly(evaluations / 4, evaluations)
        .isSorted();
    for (SolverState state : recorder.states) {
      Solution resumed = draft(config, state, quiet());
      assertThat(resumed.path()).isEqualTo(drafted.path());
      assertThat(resumed.history()).hasSameSizeAs(drafted.history());
    }
  }

  /** A draft that is cut short is judged on the whole path, and does not pass for converged. */
  @Test
  void aLoopThatEndsWithinItsDraftHasAWholePath() {
    shocks = economy.aggregate().simulate(0, 4 * (BURN_IN + 60), SEEDS.stream("aggregate"));
    Solution cut =
        draft(config(1e-7, 1, RuleUpdate.anderson()), SolverState.initial(start), quiet());
    assertThat(cut.status()).isEqualTo(Status.ITERATION_LIMIT);
    assertThat(cut.history().get(0).priceEvaluations()).isEqualTo(shocks.length / 4);
    assertThat(cut.path().states().size()).isEqualTo(shocks.length);
  }

  /** Good rules are kept: all periods say that they are. */
  @Test
  void rulesThatNeedNoDraftAreKept() {
    shocks = economy.aggregate().simulate(0, 4 * (BURN_IN + 60), SEEDS.stream("aggregate"));
    SolverConfig config = config(1e-7, 40, RuleUpdate.anderson());
    Solution whole = solve(config, SolverState.initial(start), quiet());
    Solution again = draft(config, SolverState.initial(whole.rules()), quiet());
    assertThat(again.history()).hasSize(2);
    assertThat(again.rules()).isEqualTo(whole.rules());
  }

  /**
   * Markets that do not clear where the acceleration overshoots: the step is shortened, the fixed
   * point is the same, and a solve that goes on from any checkpoint takes the same steps.
   */
  @Test
  void anAcceleratedStepThatDoesNotClearIsShortened() {
    SolverConfig config = config(1e-6, 60, RuleUpdate.anderson());
    Recorder free = new Recorder();
    Solution anywhere = solve(config, SolverState.initial(start), free);
    HalfSpace clearing = HalfSpace.withoutOvershoot(start, free.states, anywhere.rules());
    Recorder recorder = new Recorder();
    Solution guarded = solve(clearing, config, SolverState.initial(start), recorder);
    assertThat(recorder.shortened).as("steps shortened").isNotEmpty();
    assertThat(recorder.shortened.get(0)).isEqualTo(HalfSpace.COMPLAINT);
    assertThat(guarded.requireConverged().status()).isEqualTo(Status.CONVERGED);
    assertThat(guarded.rules().distance(anywhere.rules())).isLessThan(2e-5);
    for (SolverState state : recorder.states) {
      Solution resumed = solve(clearing, config, state, quiet());
      assertThat(resumed.path()).isEqualTo(guarded.path());
      assertThat(resumed.rules()).isEqualTo(guarded.rules());
      assertThat(resumed.history()).hasSameSizeAs(guarded.history());
    }
  }

  /** Markets that clear at the first rules alone. */
  @Test
  void stepsThatCannotBeShorterKeepTheBestSolution() {
    SolverConfig config = config(1e-6, 60, RuleUpdate.anderson());
    Recorder recorder = new Recorder();
    Solution diverged = solve(start::equals, config, SolverState.initial(start), recorder);
    assertThat(diverged.status()).isEqualTo(Status.DIVERGED);
    assertThat(diverged.verdict())
        .isEqualTo(
            "not converged after 1 iterations: the step was halved 10 times, but still "
                + HalfSpace.COMPLAINT);
    assertThat(diverged.rules()).isEqualTo(start);
    assertThat(diverged.path().periods()).isEqualTo(PERIODS);
    assertThat(diverged.history()).hasSize(1);
    Solution resumed = solve(start::equals, config, recorder.states.get(4), quiet());
    assertThat(resumed.path()).isEqualTo(diverged.path());
    assertThat(resumed.verdict()).isEqualTo(diverged.verdict());
  }

  @Test
  void aStartThatDoesNotClearIsRefused() {
    assertThatExceptionOfType(DivergedException.class)
        .isThrownBy(
            () ->
                solve(
                    rules -> false,
                    config(1e-6, 60, RuleUpdate.anderson()),
                    SolverState.initial(start),
                    quiet()))
        .withMessage("iteration 1, " + HalfSpace.COMPLAINT)
        .withCauseInstanceOf(UnclearedMarketException.class);
  }

  /** What a solve reports. */
  private static final class Recorder implements SolverListener {
    private final List<SolverState> states = new ArrayList<>();
    private final List<String> shortened = new ArrayList<>();

    @Override
    public void checkpoint(SolverState state) {
      states.add(state);
    }

    @Override
    public void stepShortened(int iteration, String reason) {
      shortened.add(reason);
    }
  }

  /**
   * Rules at which markets clear: those with one coefficient on one side of a limit.
   *
   * @param sign +1 if it must be below the limit, -1 if above
   */
  private record HalfSpace(int coefficient, double sign, double limit)
      implements Predicate<ForecastRules> {

    static final String COMPLAINT = "period 3: excess demand has no root";

    /** Cuts off half of the largest step beyond both the start and the fixed point. */
    static HalfSpace withoutOvershoot(
        ForecastRules start, List<SolverState> steps, ForecastRules fixedPoint) {
      HalfSpace best = null;
      double largest = 0;
      for (SolverState step : steps) {
        for (int c = 0; c < fixedPoint.coefficients().length; c++) {
          double a = start.coefficients()[c];
          double b = fixedPoint.coefficients()[c];
          double at = step.rules().coefficients()[c];
          double sign = at > Math.max(a, b) ? 1 : -1;
          double edge = sign > 0 ? Math.max(a, b) : Math.min(a, b);
          double beyond = sign * (at - edge);
          if (beyond > largest) {
            largest = beyond;
            best = new HalfSpace(c, sign, edge + sign * beyond / 2);
          }
        }
      }
      return best;
    }

    @Override
    public boolean test(ForecastRules rules) {
      return sign * (rules.coefficients()[coefficient] - limit) <= 0;
    }
  }

  private Solution solve(
      Predicate<ForecastRules> clears,
      SolverConfig config,
      SolverState state,
      SolverListener listener) {
    try (BellmanSolver firms = solver()) {
      return new KrusellSmithSolver(config, listener)
          .solve(economy, new Picky(firms, clears), shocks, state, SEEDS);
    }
  }

  /** Solves the firms' problem, and then complains at rules at which markets are not to clear. */
  private record Picky(BellmanSolver firms, Predicate<ForecastRules> clears)
      implements BellmanSolver {

    @Override
    public BellmanSolution solve(ForecastRules rules) {
      BellmanSolution solution = firms.solve(rules);
      if (!clears.test(rules)) {
        throw new UnclearedMarketException(HalfSpace.COMPLAINT);
      }
      return solution;
    }

    @Override
    public Map<String, double[]> state() {
      return firms.state();
    }

    @Override
    public void restore(Map<String, double[]> state) {
      firms.restore(state);
    }

    @Override
    public ForecastRules coldStart() {
      return firms.coldStart();
    }

    @Override
    public BellmanSolution current(ForecastRules rules) {
      return firms.current(rules);
    }

    @Override
    public void close() {}
  }

  @Test
  void saysWhichLimitFails() {
    Solution solution =
        solve(config(1e-12, 2, RuleUpdate.anderson()), SolverState.initial(start), quiet());
    assertThat(solution.status()).isEqualTo(Status.ITERATION_LIMIT);
    assertThat(solution.history()).hasSize(2);
    assertThat(solution.verdict()).contains("not converged after 2 iterations: the rules");
    assertThatIllegalStateException()
        .isThrownBy(solution::requireConverged)
        .withMessageContaining("iteration 2: rule change");
    SolverConfig strict = new SolverConfig(BURN_IN, 1, 9, RuleUpdate.anderson(), 1e-15);
    Solution inaccurate = solve(strict, SolverState.initial(start), quiet());
    assertThat(inaccurate.status()).isEqualTo(Status.LIMIT_EXCEEDED);
    assertThat(inaccurate.verdict()).contains("the mean error of the Bellman equation");
  }

  @Test
  void capitalBeyondTheIntervalOfDecisionsIsNotConvergence() {
    double mean = economy.start().meanCapital();
    Followers narrow = new Followers(Grid.linear(mean - 1e-3, mean + 1e-3, 2), 0, 0);
    try (BellmanSolver firms = narrow.solver()) {
      Solution solution =
          new KrusellSmithSolver(config(10, 1, RuleUpdate.anderson()))
              .solve(narrow, firms, shocks, SolverState.initial(start), SEEDS);
      assertThat(solution.status()).isEqualTo(Status.LIMIT_EXCEEDED);
      assertThat(solution.verdict()).contains("on which decisions are solved");
    }
  }

  /** State 2 comes before the burn-in only: its rules are those of its neighbour. */
  @Test
  void statesThatDoNotComeAreWarnedOf() {
    Economy neighbours =
        (Economy)
            Proxy.newProxyInstance(
                Economy.class.getClassLoader(),
                new Class<?>[] {Economy.class},
                (proxy, method, arguments) ->
                    method.getName().equals("neighbour") ? 0 : method.invoke(economy, arguments));
    int[] once = new int[PERIODS];
    Arrays.fill(once, 0, BURN_IN - 1, 1);
    try (BellmanSolver firms = solver()) {
      Solution solution =
          new KrusellSmithSolver(config(10, 1, RuleUpdate.anderson()))
              .solve(neighbours, firms, once, SolverState.initial(start), SEEDS);
      assertThat(solution.warnings())
          .singleElement(InstanceOfAssertFactories.STRING)
          .startsWith("aggregate states [2] never come after the burn-in");
    }
  }

  @Test
  void massAtTheEndOfTheGridIsWarnedOf() {
    Followers low = new Followers(economy.meanCapital(), .2, 0);
    try (BellmanSolver firms = low.solver();
        BellmanSolver wide = solver()) {
      KrusellSmithSolver solver = new KrusellSmithSolver(config(10, 1, RuleUpdate.anderson()));
      SolverState state = SolverState.initial(start);
      assertThat(solver.solve(economy, wide, shocks, state, SEEDS).warnings()).isEmpty();
      assertThat(solver.solve(low, firms, shocks, state, SEEDS).warnings())
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("% of agents are at an end of their grid: widen it");
    }
  }

  @Test
  void anInterruptEndsTheLoopBetweenIterations() {
    SolverListener interrupter =
        new SolverListener() {
          @Override
          public void iterationFinished(Iteration iteration, double tolerance) {
            Thread.currentThread().interrupt();
          }
        };
    Solution solution =
        solve(config(1e-12, 9, RuleUpdate.anderson()), SolverState.initial(start), interrupter);
    assertThat(solution.status()).isEqualTo(Status.INTERRUPTED);
    assertThat(solution.history()).hasSize(1);
    assertThat(Thread.interrupted()).as("the flag is consumed").isFalse();
  }

  @Test
  void rejectsConfigurationsOutsideTheirDomains() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(0, 1, RuleUpdate.anderson()))
        .withMessageContaining("tolerance must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(1, 0, RuleUpdate.anderson()))
        .withMessageContaining("maxIterations");
    assertThatIllegalArgumentException().isThrownBy(() -> new RuleUpdate(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new RuleUpdate(0, 1.1));
  }

  /** A converged solve is not lost with shocks that did not solve it. */
  @Test
  void freshShocksThatDoNotClearAreReportedAndTheSolutionStands() {
    AtomicBoolean ended = new AtomicBoolean();
    SolverListener end =
        new SolverListener() {
          @Override
          public void loopEnded(
              ForecastRules used, ForecastRules estimated, SimulatedPath path, int burnIn) {
            ended.set(true);
          }
        };
    try (BellmanSolver firms = solver()) {
      Solution solution =
          new KrusellSmithSolver(config(1e-6, 40, RuleUpdate.anderson()), end)
              .solve(
                  economy,
                  new Faulty(
                      firms,
                      period -> {
                        if (ended.get()) {
                          throw new UnclearedMarketException("period 1: no price clears");
                        }
                        return period;
                      }),
                  shocks,
                  SolverState.initial(start),
                  SEEDS);
      assertThat(solution.requireConverged().warnings())
          .containsExactly("not simulated on fresh shocks: period 1: no price clears");
      Accuracy accuracy = Accuracy.of(solution.accuracy());
      assertThat(accuracy.freshPath().capitalMax()).isNaN();
      assertThat(accuracy.samePath().capitalMax()).isLessThan(1);
      String text = StrictJson.write(accuracy);
      assertThat(StrictJson.read(new StringReader(text), "accuracy", Accuracy.class))
          .isEqualTo(accuracy);
    }
  }

  /** A NaN stops the loop where it first appears, and no checkpoint holds it. */
  @Test
  void whatIsNotFiniteEndsTheSolveWithItsPlace() {
    List<SolverState> checkpoints = new ArrayList<>();
    SolverListener recorder =
        new SolverListener() {
          @Override
          public void checkpoint(SolverState state) {
            checkpoints.add(state);
          }
        };
    UnaryOperator<Period> faulty =
        period -> checkpoints.isEmpty() ? period : withCapital(period, Double.NaN);
    try (BellmanSolver firms = solver()) {
      KrusellSmithSolver solver =
          new KrusellSmithSolver(config(1e-6, 40, RuleUpdate.anderson()), recorder);
      SolverState first = SolverState.initial(start);
      assertThatExceptionOfType(DivergedException.class)
          .isThrownBy(() -> solver.solve(economy, new Faulty(firms, faulty), shocks, first, SEEDS))
          .withMessageStartingWith("iteration 2, period 1: K is NaN");
      assertThat(checkpoints).hasSize(1 + RuleSteps.MAX_SHORTENINGS);
      assertThat(StrictJson.write(checkpoints.get(0).history().get(0))).isNotEmpty();

      double[] explosive = start.coefficients();
      explosive[2 * start.states()] = 1e6;
      SolverState bad = SolverState.initial(ForecastRules.ofCoefficients(explosive));
      assertThatExceptionOfType(DivergedException.class)
          .isThrownBy(() -> solver.solve(economy, firms, shocks, bad, SEEDS))
          .withMessageStartingWith("iteration 1, decisions: the last change")
          .withMessageContaining("the rules of aggregate state 1 forecast")
          .withMessageContaining("p = Infinity");
    }
  }

  private static Period withCapital(Period period, double capital) {
    return new Period(
        period.price(),
        capital,
        period.aggregates(),
        period.priceForecasts().get(0),
        period.momentForecasts().get(0),
        period.residuals().get(0),
        period.cleared(),
        period.evaluations(),
        period.expansions(),
        period.edgeMass());
  }

  /** Solves as another solver, but what happens in its histories is tampered with. */
  private record Faulty(BellmanSolver firms, UnaryOperator<Period> fault) implements BellmanSolver {

    @Override
    public BellmanSolution solve(ForecastRules rules) {
      return new Tampered(firms.solve(rules), fault);
    }

    @Override
    public Map<String, double[]> state() {
      return firms.state();
    }

    @Override
    public void restore(Map<String, double[]> state) {
      firms.restore(state);
    }

    @Override
    public ForecastRules coldStart() {
      return firms.coldStart();
    }

    @Override
    public BellmanSolution current(ForecastRules rules) {
      return firms.current(rules);
    }

    @Override
    public void close() {}
  }

  private record Tampered(BellmanSolution agents, UnaryOperator<Period> fault)
      implements BellmanSolution {

    @Override
    public Policies policies() {
      return () -> {
        History history = agents.policies().begin();
        return new History() {
          @Override
          public Period step(int period, int aggregateState) {
            return fault.apply(history.step(period, aggregateState));
          }

          @Override
          public Map<String, Double> crossSection() {
            return history.crossSection();
          }

          @Override
          public void advance(int nextAggregateState) {
            history.advance(nextAggregateState);
          }

          @Override
          public Matrix distribution() {
            return history.distribution();
          }
        };
      };
    }

    @Override
    public ForecastRules rules() {
      return agents.rules();
    }

    @Override
    public int sweeps() {
      return agents.sweeps();
    }

    @Override
    public double change() {
      return agents.change();
    }

    @Override
    public boolean converged() {
      return agents.converged();
    }

    @Override
    public Map<String, EquationError> errors(SimulatedPath path, int burnIn, Seeds seeds) {
      return agents.errors(path, burnIn, seeds);
    }
  }

  private static SolverListener quiet() {
    return new SolverListener() {};
  }
}
