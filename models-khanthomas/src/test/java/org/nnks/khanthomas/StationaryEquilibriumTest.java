package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.analysis.solvers.BrentSolver;
import org.junit.jupiter.api.Test;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.model.Aggregates;
import org.nnks.khanthomas.exact.Decisions;
import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.khanthomas.exact.Histogram;
import org.nnks.khanthomas.exact.InvestmentRates;
import org.nnks.khanthomas.exact.SteadyState;

/** The economy without aggregate risk, on Terry's grid of 10 knots and on ours of 100. */
class StationaryEquilibriumTest {

  /** A does not move: its two levels differ from one by 1e-12. */
  private final KhanThomas still =
      new KhanThomas(
          KhanThomasCalibration.terry2017().withAggregateStates(2).withAggregateSd(1e-12));

  private record Equilibrium(
      double price, double capital, Aggregates aggregates, Decisions decisions, Histogram firms) {}

  private Equilibrium at(GridBellman solver, double price) {
    double log = Math.log(price);
    ForecastRules rules = ForecastRules.ofCoefficients(0, 0, 1, 1, log, log, 0, 0);
    Decisions[] decisions = {new Decisions(5, still.capital().size())};
    solver.solve(rules).policies().period(0, 1.5).at(new double[] {price}, 1, decisions);
    Histogram firms = Histogram.uniform(still);
    for (int t = 0; t < 3_000; t++) {
      firms.advance(decisions[0], 0);
    }
    return new Equilibrium(
        price,
        firms.meanCapital(),
        still.market(0, firms).at(price, decisions[0]),
        decisions[0],
        firms);
  }

  private Equilibrium equilibrium(int knots) {
    try (GridBellman solver = new GridBellman(still, knots, 2)) {
      double price =
          new BrentSolver(1e-8)
              .solve(60, p -> 1 / p - at(solver, p).aggregates().consumption(), 2.2, 2.3);
      return at(solver, price);
    }
  }

  /** Reference: a bisection in Python on Terry's grid; all printed digits. */
  @Test
  void onTerrysTenKnots() {
    Equilibrium found = equilibrium(10);
    Aggregates aggregates = found.aggregates();
    assertThat(found.price()).isCloseTo(2.24369, within(6e-6));
    assertThat(found.capital()).isCloseTo(1.52013, within(6e-6));
    assertThat(aggregates.consumption()).isCloseTo(.44569, within(6e-6));
    assertThat(aggregates.output()).isCloseTo(.55058, within(6e-6));
    assertThat(aggregates.investment()).isCloseTo(.10489, within(6e-6));
    assertThat(aggregates.hours()).isCloseTo(.32994, within(6e-6));
    double[] targets = {.847, 1.133, 1.525, 2.066, 2.943};
    for (int z = 0; z < 5; z++) {
      assertThat(found.decisions().target(z)).isCloseTo(targets[z], within(6e-4));
    }
    InvestmentRates rates = InvestmentRates.of(still, found.firms(), found.decisions());
    assertThat(rates.mean()).isCloseTo(.0946, within(6e-5));
    assertThat(rates.inaction()).isCloseTo(.7718, within(6e-5));
  }

  /** Sentinel of 2026-11-23: on a grid ten times as fine the equilibrium is elsewhere. */
  @Test
  void onAHundredKnots() {
    Equilibrium found = equilibrium(RunSettings.Knots.FINE_CAPITAL);
    assertThat(found.price()).isCloseTo(2.24213, within(6e-6));
    assertThat(found.capital()).isCloseTo(1.52494, within(6e-6));
    SteadyState own = SteadyState.of(new KhanThomas(KhanThomasCalibration.terry2017()), 2);
    assertThat(own.price()).isCloseTo(found.price(), within(1e-7));
    assertThat(own.capital()).isCloseTo(found.capital(), within(1e-6));
  }

  /** The gap between the two grids, .07 % in p, is the knots': it closes as knots are added. */
  @Test
  void moreKnotsSettle() {
    assertThat(equilibrium(200).price())
        .isCloseTo(equilibrium(RunSettings.Knots.FINE_CAPITAL).price(), within(2e-5));
  }
}
