package org.nnks.core.solve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.CurvedRegression;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Grid;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;

/** The loop with curved rules in an economy whose laws are parabolas. */
class CurvedRulesTest {

  private static final double CURVATURE = .5;
  private static final int FROM = 100;

  private final Followers economy = new Followers(Grid.linear(.7, 1.4, 2), 0, CURVATURE);
  private final BellmanSolver solver = economy.solver();

  private CurvedRules solve(CurvedRules.Form form, double tolerance) {
    int[] shocks = economy.aggregate().simulate(0, 600, new Seeds(1).stream("aggregate"));
    ForecastRules first = Followers.firstRules();
    SimulatedPath start = new EconomySimulator().simulate(solver.solve(first).policies(), shocks);
    return CurvedRules.solve(form, economy, solver, start, FROM, tolerance);
  }

  /** The largest error of forecasts of K' on the path that rules have led to. */
  private static double forecastError(CurvedRules found) {
    Vector next = found.path().nextCapital();
    Vector forecast = found.path().nextCapitalForecast();
    double largest = 0;
    for (int t = FROM; t < next.size(); t++) {
      largest = Math.max(largest, Math.abs(Math.log(next.get(t) / forecast.get(t))));
    }
    return largest;
  }

  @Test
  void parabolasFindTheLaws() {
    CurvedRules found = solve(CurvedRegression::parabolas, 1e-9);
    assertThat(found.converged()).isTrue();
    assertThat(forecastError(found)).isLessThan(1e-7);
    SimulatedPath path = found.path();
    for (int t = FROM; t < path.periods(); t++) {
      double log = Math.log(path.capital().get(t));
      double law = Followers.LAWS.nextCapital(path.states().get(t), Math.exp(log));
      assertThat(path.nextCapital().get(t))
          .isCloseTo(law * Math.exp(CURVATURE * log * log), within(1e-7));
    }
  }

  @Test
  void networksComeNearerThanLines() {
    CurvedRules lines = solve((regression, fitted) -> fitted, 1e-6);
    CurvedRules network = solve(CurvedRegression::network, 1e-6);
    assertThat(lines.converged()).isTrue();
    assertThat(network.converged()).isTrue();
    assertThat(forecastError(network)).isLessThan(forecastError(lines) / 5);
  }

  @Test
  void aLoopThatStopsTooEarlySaysSo() {
    CurvedRules found = solve(CurvedRegression::parabolas, 0);
    assertThat(found.converged()).isFalse();
    assertThat(found.change()).isLessThan(1e-6);
  }
}
