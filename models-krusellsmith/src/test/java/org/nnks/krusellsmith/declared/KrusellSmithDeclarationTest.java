package org.nnks.krusellsmith.declared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.io.Records;
import org.nnks.core.numeric.Vector;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.symbolic.Program;
import org.nnks.krusellsmith.GridHouseholds;
import org.nnks.krusellsmith.HouseholdRule;
import org.nnks.krusellsmith.HouseholdSolution;
import org.nnks.krusellsmith.KrusellSmith;
import org.nnks.krusellsmith.KrusellSmithCalibration;

/** The declared economy beside the economy with a solver of its own. */
class KrusellSmithDeclarationTest {

  private static final Seeds SEEDS = new Seeds(1);

  @Test
  void householdsHaveWhatTheyHaveInTheOtherEconomy() {
    for (KrusellSmithCalibration calibration :
        List.of(KrusellSmithCalibration.jedc2010(), KrusellSmithCalibration.liu2024())) {
      KrusellSmith economy = new KrusellSmith(calibration);
      KrusellSmithDeclaration declared = new KrusellSmithDeclaration(calibration);
      assertThatCode(declared::check).doesNotThrowAnyException();
      Program utility =
          new Program(0, Map.of(), List.of(declared.payoff(declared.branches().get(0))));
      double k = 30;
      double next = 25;
      double meanCapital = 40;
      utility.set("k", k);
      utility.set("k'", next);
      utility.set("K", meanCapital);
      for (int a = 0; a < economy.aggregate().size(); a++) {
        for (int s = 0; s < economy.states(); s++) {
          for (Exogenous variable : declared.exogenous()) {
            utility.set(variable.name(), variable.levels().get(variable.own() ? s : a));
          }
          double cash =
              economy.grossReturn(a, meanCapital) * k
                  + economy.wage(a, meanCapital) * economy.income(a, s);
          assertThat(utility.evaluate(0)[0]).isCloseTo(Math.log(cash - next), within(1e-12));
        }
      }
    }
  }

  @Test
  void itBeginsWithEqualCapital() {
    KrusellSmithCalibration calibration = KrusellSmithCalibration.jedc2010();
    KrusellSmith economy = new KrusellSmith(calibration);
    AgentHistogram households = new AgentHistogram(new KrusellSmithDeclaration(calibration));
    double[] k = households.levels()[0];
    Vector shares = economy.shares(economy.start().aggregateState());
    for (int s = 0; s < shares.size(); s++) {
      double mass = 0;
      double capital = 0;
      for (int i = 0; i < k.length; i++) {
        mass += households.mass()[s * k.length + i];
        capital += households.mass()[s * k.length + i] * k[i];
      }
      assertThat(mass).isCloseTo(shares.get(s), within(1e-12));
      assertThat(capital / mass).isCloseTo(economy.steadyCapital(), within(1e-9));
    }
  }

  @Test
  void householdsWithoutIncomeAreRefused() {
    KrusellSmithCalibration calibration = KrusellSmithCalibration.jedc2010();
    KrusellSmithCalibration without =
        Records.with(calibration, "employment", calibration.employment().withBenefit(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KrusellSmithDeclaration(without))
        .withMessageContaining("employment.benefit must be positive");
  }

  /** At the rules of the exact solver, on its shocks; the Euler equation by its own judge. */
  @Test
  @Tag("paper")
  void theProjectionIsTheExactSolvers() {
    int from = 300;
    KrusellSmith economy = new KrusellSmith(KrusellSmithCalibration.jedc2010());
    KrusellSmithCalibration calibration =
        new HouseholdsProvider().calibrations().get(0).parameters();
    KrusellSmithDeclaration declared = new KrusellSmithDeclaration(calibration);
    int[] shocks =
        economy.aggregate().simulate(economy.start().aggregateState(), 1_100, SEEDS.stream("z"));
    try (GridHouseholds grid = new GridHouseholds(economy, 300, 12);
        ProjectionSolver projection = new ProjectionSolver(declared, Device.cpu(), SEEDS)) {
      SolverConfig config = SolverConfig.standard().withBurnIn(from).withTolerance(1e-5);
      Solution exact =
          new KrusellSmithSolver(config).solve(economy, grid, shocks, SEEDS).requireConverged();
      AgentSolution solution =
          projection.solve(new ForecastRules(exact.rules().moments(), List.of()));
      assertThat(solution.converged()).isTrue();
      SimulatedPath path = new EconomySimulator().simulate(solution.policies(), shocks);
      double mean = path.moments().get(0).slice(from, shocks.length).mean();
      double exactMean = exact.path().moments().get(0).slice(from, shocks.length).mean();
      assertThat(mean / exactMean).isCloseTo(1, within(5e-4));
      HouseholdSolution judged =
          new HouseholdSolution(economy, rule(solution), exact.rules(), 0, 0, true);
      assertThat(judged.errors(exact.path(), from, SEEDS).get(HouseholdSolution.LOG10_EULER).mean())
          .isLessThan(-4);
    }
  }

  /** What households of the declared solution decide wherever they are. */
  private static HouseholdRule rule(AgentSolution solution) {
    return (households, capital, nextCapital) -> {
      for (int s = 0; s < capital.length; s++) {
        int points = capital[s].length;
        AgentPeriod period =
            solution
                .decidingAt(new double[][] {capital[s]})
                .period(households.aggregateState(), new double[] {households.meanCapital()});
        CellDecisions decisions =
            new CellDecisions(solution.economy().branches(), capital.length * points);
        period.decide(new double[1][0], new CellDecisions[] {decisions});
        System.arraycopy(decisions.control(0, 0), s * points, nextCapital[s], 0, points);
      }
    };
  }
}
