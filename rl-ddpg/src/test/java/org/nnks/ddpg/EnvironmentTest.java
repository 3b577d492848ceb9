package org.nnks.ddpg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nnks.core.io.Records;
import org.nnks.core.run.Seeds;
import org.nnks.ddpg.environments.AgentState;
import org.nnks.ddpg.environments.Autoregression;
import org.nnks.ddpg.environments.CrossSection;
import org.nnks.ddpg.environments.Environment;
import org.nnks.ddpg.environments.GrowthEnvironment;
import org.nnks.ddpg.environments.HouseholdEnvironment;
import org.nnks.ddpg.environments.LinearRegulator;
import org.nnks.ddpg.environments.Outcome;
import org.nnks.ddpg.environments.ShockProcess;
import org.nnks.ddpg.environments.SlopedEnvironment;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;
import org.nnks.krusellsmith.rbc.LogAutoregression;
import org.nnks.krusellsmith.rbc.Rbc;
import org.nnks.krusellsmith.rbc.RbcCalibration;

/** What every environment must satisfy, and the known answers of each. */
class EnvironmentTest {

  private static final double STEP = 1e-5;

  static Stream<Environment> environments() {
    return Stream.of(
        LinearRegulator.standard(),
        GrowthEnvironment.of(RbcCalibration.liu2024(), 0.5),
        GrowthEnvironment.of(RbcCalibration.brockMirman(), 0.5),
        new HouseholdEnvironment(new KrusellSmith(KrusellSmithCalibration.liu2024()), 20),
        new HouseholdEnvironment(new KrusellSmith(KrusellSmithCalibration.jedc2010()), 20));
  }

  private static AgentState state(Environment environment, RandomGenerator random) {
    AgentState[] states = new Inputs(environment, 0).states(environment.start(random));
    return states[random.nextInt(states.length)];
  }

  private static AgentState withCapital(AgentState state, double capital) {
    return new AgentState(
        capital, state.labour(), state.productivity(), state.meanCapital(), state.meanLabour());
  }

  @ParameterizedTest
  @MethodSource("environments")
  void slopesAreDerivatives(Environment environment) {
    RandomGenerator random = new Seeds(5).stream("states");
    for (int i = 0; i < 50; i++) {
      AgentState state = state(environment, random);
      double k = state.capital();
      double h = STEP * (1 + Math.abs(k));
      double a = 0.05 + 0.9 * random.nextDouble();
      Outcome here = environment.outcome(state, a);
      Outcome more = environment.outcome(state, a + STEP);
      Outcome less = environment.outcome(state, a - STEP);
      AgentState richer = withCapital(state, k + h);
      AgentState poorer = withCapital(state, k - h);
      Outcome rich = environment.outcome(richer, a);
      Outcome poor = environment.outcome(poorer, a);
      near(here.rewardByAction(), (more.reward() - less.reward()) / (2 * STEP));
      near(here.nextByAction(), (more.next() - less.next()) / (2 * STEP));
      near(here.rewardByCapital(), (rich.reward() - poor.reward()) / (2 * h));
      near(here.nextByCapital(), (rich.next() - poor.next()) / (2 * h));
      if (environment instanceof SlopedEnvironment sloped) {
        double[] slopes = new double[environment.inputs()];
        double[] up = new double[environment.inputs()];
        double[] down = new double[environment.inputs()];
        sloped.writeInputSlopes(state, slopes, 0);
        environment.writeInputs(richer, up, 0);
        environment.writeInputs(poorer, down, 0);
        for (int j = 0; j < slopes.length; j++) {
          near(slopes[j], (up[j] - down[j]) / (2 * h));
        }
      }
    }
  }

  private static void near(double analytic, double numeric) {
    assertThat(analytic).isCloseTo(numeric, within(1e-5 * (1 + Math.abs(numeric))));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void quadratureAveragesTheDraws(Environment environment) {
    RandomGenerator random = new Seeds(6).stream("draws");
    ShockProcess shock = environment.aggregateShock();
    ShockProcess own = environment.idiosyncraticShock();
    CrossSection start = environment.start(random);
    double z = start.productivity();
    double l = start.labour(0);
    int draws = 40_000;
    double drawn = 0;
    double drawnOwn = 0;
    double square = 0;
    for (int i = 0; i < draws; i++) {
      double next = shock.draw(z, 0, 0, random);
      drawn += next / draws;
      drawnOwn += environment.efficiency(own.draw(l, z, next, random)) / draws;
      square += next * next / draws;
    }
    double mean = 0;
    double meanOwn = 0;
    double total = 0;
    for (int q = 0; q < shock.nodes(); q++) {
      double next = shock.node(z, 0, 0, q);
      double weight = shock.weight(z, 0, 0, q);
      mean += weight * next;
      for (int j = 0; j < own.nodes(); j++) {
        double both = weight * own.weight(l, z, next, j);
        total += both;
        meanOwn += both * environment.efficiency(own.node(l, z, next, j));
      }
    }
    double sd = Math.sqrt(Math.max(square - drawn * drawn, 0) + 0.25);
    assertThat(total).isCloseTo(1, within(1e-12));
    assertThat(drawn).isCloseTo(mean, within(5 * sd / Math.sqrt(draws)));
    assertThat(drawnOwn).isCloseTo(meanOwn, within(5 * 0.6 / Math.sqrt(draws)));
  }

  @ParameterizedTest
  @MethodSource("environments")
  void theKeepingActionStaysNearCapital(Environment environment) {
    RandomGenerator random = new Seeds(7).stream("states");
    for (int i = 0; i < 50; i++) {
      AgentState state = state(environment, random);
      double a = environment.keepingAction(state);
      assertThat(a).isBetween(0.0, 1.0);
      if (environment.name().equals("rbc")) {
        assertThat(environment.outcome(state, a).next())
            .isCloseTo(state.capital(), within(1e-9 * state.capital()));
      }
    }
  }

  /** An actor at its bound for good, as TABLE2's was from iteration 3,800 on. */
  @Test
  void whoAlwaysConsumesTheLeastThatIsExecutedDoesNotExplode() {
    GrowthEnvironment environment = GrowthEnvironment.of(RbcCalibration.liu2024(), 0.5);
    RandomGenerator random = new Seeds(7).stream("shocks");
    double k = 1.5 * environment.steadyState();
    double z = 0;
    double most = 0;
    for (int t = 0; t < 50_000; t++) {
      AgentState state = new AgentState(k, 0, z, k, 1);
      k = environment.outcome(state, environment.lowestAction(state)).next();
      z = environment.aggregateShock().draw(z, 0, 0, random);
      most = Math.max(most, k);
    }
    assertThat(most).isBetween(2 * environment.steadyState(), environment.explodedCapital());
  }

  /** With the band alone K settled at 7 times (jedc2010) to 11 times its steady state (Liu). */
  @ParameterizedTest
  @MethodSource("calibrations")
  void householdsWhoConsumeTheLeastThatIsExecutedDoNotExplode(KrusellSmithCalibration calibration) {
    HouseholdEnvironment environment = new HouseholdEnvironment(new KrusellSmith(calibration), 100);
    Inputs inputs = new Inputs(environment, 0);
    RandomGenerator random = new Seeds(7).stream("shocks");
    CrossSection economy = environment.start(random);
    double most = 0;
    for (int t = 0; t < 3_000; t++) {
      AgentState[] states = inputs.states(economy);
      double[] least = Arrays.stream(states).mapToDouble(environment::lowestAction).toArray();
      economy = Economies.next(environment, economy, states, least, random);
      most = Math.max(most, economy.meanCapital());
    }
    assertThat(most).isBetween(2 * environment.steadyCapital(), environment.explodedCapital());
  }

  static Stream<KrusellSmithCalibration> calibrations() {
    return Stream.of(
        KrusellSmithCalibration.liu2024(),
        KrusellSmithCalibration.liu2024Section4(),
        KrusellSmithCalibration.jedc2010());
  }

  @Test
  void theGrowthEconomysSteadyStateIsTheModelsWhateverTheMeanOfProductivity() {
    RbcCalibration calibration = RbcCalibration.liu2024();
    for (double logMean : new double[] {0, 0.3, -0.2}) {
      RbcCalibration moved =
          calibration.withProductivity(calibration.productivity().withLogMean(logMean));
      assertThat(GrowthEnvironment.of(moved, 0.5).steadyState())
          .isCloseTo(new Rbc(moved).steadyCapital(), withinPercentage(1e-10));
    }
  }

  @Test
  void householdsAreHomotheticInLabour() {
    // l in other units: k and c scale, prices and shares of cash do not; Liu (2024) Table 1's mean.
    HouseholdEnvironment one =
        new HouseholdEnvironment(new KrusellSmith(KrusellSmithCalibration.liu2024()), 10);
    HouseholdEnvironment literal =
        new HouseholdEnvironment(new KrusellSmith(KrusellSmithCalibration.liu2024Literal()), 10);
    double log =
        KrusellSmithCalibration.liu2024Literal().labour().logMean()
            - KrusellSmithCalibration.liu2024().labour().logMean();
    double unit = Math.exp(log);
    AgentState state = new AgentState(12, 0.1, 0.02, 20, 1.01);
    AgentState scaled = new AgentState(12 * unit, 0.1 + log, 0.02, 20 * unit, 1.01 * unit);
    Outcome a = one.outcome(state, 0.2);
    Outcome b = literal.outcome(scaled, 0.2);
    assertThat(b.next()).isCloseTo(unit * a.next(), within(1e-9));
    assertThat(b.reward()).isCloseTo(a.reward() + log, within(1e-9));
    assertThat(literal.keepingAction(scaled)).isCloseTo(one.keepingAction(state), within(1e-9));
    double[] inputs = new double[one.inputs()];
    double[] others = new double[one.inputs()];
    one.writeInputs(state, inputs, 0);
    literal.writeInputs(scaled, others, 0);
    assertThat(others).containsExactly(inputs, within(1e-9));
  }

  @Test
  void theRegulatorsClosedFormSolvesItsBellmanEquation() {
    LinearRegulator lqr = LinearRegulator.standard();
    double p = lqr.riccati();
    double beta = lqr.discountFactor();
    double constant = beta * p * 0.01 / (1 - beta); // sigma = .1
    for (double x : new double[] {-0.7, 0.1, 0.9}) {
      double u = -lqr.gain() * x;
      Outcome outcome =
          lqr.outcome(new AgentState(x, 0, 0, x, 1), 0.5 + u / (2 * lqr.controlBound()));
      double next = outcome.next();
      double expected = -p * (next * next + 0.01) - constant;
      assertThat(outcome.reward() + beta * expected)
          .isCloseTo(-p * x * x - constant, within(1e-12));
    }
  }

  @Test
  void badParametersAreRefused() {
    assertThatThrownBy(() -> Autoregression.of(0, 1, 0.1, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("|rho| < 1");
    assertThatThrownBy(
            () -> new GrowthEnvironment(1, 0.3, 0.1, Autoregression.of(0, 0, 0.1, 3), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 < beta < 1");
    assertThatThrownBy(
            () -> new HouseholdEnvironment(new KrusellSmith(KrusellSmithCalibration.liu2024()), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 agent");
  }

  @Test
  void theSteadyStateMovesWithTheMeanOfProductivity() {
    KrusellSmithCalibration standard = KrusellSmithCalibration.liu2024();
    LogAutoregression z = standard.productivity();
    double shift = 0.1;
    HouseholdEnvironment here = new HouseholdEnvironment(new KrusellSmith(standard), 1);
    HouseholdEnvironment above =
        new HouseholdEnvironment(
            new KrusellSmith(
                Records.with(
                    standard, "productivity", Records.with(z, "logMean", z.logMean() + shift))),
            1);
    // K = N (alpha z / rental)^(1 / (1 - alpha))
    assertThat(Math.log(above.steadyCapital() / here.steadyCapital()))
        .isCloseTo(shift / (1 - standard.capitalShare()), within(1e-12));
  }

  /** 10 % are unemployed in recessions and 4 % in booms, not one half. */
  @Test
  void householdsStartInTheSharesOfTheBusinessCycle() {
    KrusellSmith economy = new KrusellSmith(KrusellSmithCalibration.jedc2010());
    HouseholdEnvironment environment = new HouseholdEnvironment(economy, 20_000);
    for (int draw = 0; draw < 4; draw++) {
      CrossSection section = environment.start(new Seeds(3).stream("starts", draw));
      int state = (int) section.productivity();
      double unemployed = 0;
      for (int i = 0; i < section.agents(); i++) {
        unemployed += section.labour(i) == 0 ? 1.0 / section.agents() : 0;
      }
      double share = economy.shares(state).get(0);
      assertThat(share).isCloseTo(state == 0 ? .1 : .04, within(1e-12));
      double sd = Math.sqrt(share * (1 - share) / section.agents());
      assertThat(unemployed).isCloseTo(share, within(4 * sd));
    }
  }

  @Test
  void theSteadyStateKeepsItsCapitalAndConsumesItsShare() {
    environments()
        .forEach(
            environment -> {
              AgentState steady = environment.steadyAgent();
              double keeping = environment.keepingAction(steady);
              assertThat(environment.steadyShare(steady)).isCloseTo(keeping, within(1e-12));
              if (environment.agents() == 1) {
                assertThat(environment.outcome(steady, keeping).next())
                    .isCloseTo(steady.capital(), within(1e-9));
              }
            });
  }
}
