package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.Period;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

/** Whether goods add up: the only thing that can fail to clear where prices have closed forms. */
class HouseholdHistoryTest {

  private static final KrusellSmith ECONOMY = new KrusellSmith(KrusellSmithCalibration.jedc2010());

  /** A rule that keeps a share of what is owned, whoever owns it. */
  private static HouseholdRule keeping(double share) {
    return (households, capital, next) -> {
      for (int s = 0; s < capital.length; s++) {
        for (int i = 0; i < capital[s].length; i++) {
          next[s][i] = share * capital[s][i];
        }
      }
    };
  }

  private static HouseholdHistory history(HouseholdRule rule) {
    return new HouseholdHistory(ECONOMY, rule, ECONOMY.representativeRules());
  }

  @Test
  void goodsAddUp() {
    int[] states = ECONOMY.aggregate().simulate(1, 50, new Seeds(2).stream("test"));
    SimulatedPath path = new EconomySimulator().simulate(() -> history(keeping(.99)), states);

    assertThat(path.clearing().failures()).isZero();
    assertThat(path.clearing().largestResidual()).isLessThan(HouseholdHistory.BALANCE);
  }

  /**
   * Rules are asked once a period, with one row of k for each state. One that changes the rows it
   * is given makes capital out of nothing, which the balance of goods must see.
   */
  @Test
  void goodsFromNowhereAreSeen() {
    double gift = 1e-6;
    HouseholdRule cheating =
        (households, capital, next) -> {
          keeping(.99).nextCapital(households, capital, next);
          for (int i = 0; i < capital[0].length; i++) {
            capital[0][i] += gift;
          }
        };
    Period honest = history(keeping(.99)).step(0, 1);
    Period period = history(cheating).step(0, 1);
    double consumed = ECONOMY.grossReturn(1, honest.capital()) * gift;

    assertThat(honest.cleared()).isTrue();
    assertThat(period.cleared()).isFalse();
    // Both rows of k are one array, so the gift goes to everybody.
    assertThat(period.residuals().get(0)).isCloseTo(-consumed, within(1e-12));
  }

  /** Learned households are simulated once: a second history could differ by forecasts alone. */
  @Test
  void householdsWithoutForecastsAreSimulatedOnce() {
    int[] states = ECONOMY.aggregate().simulate(1, 300, new Seeds(2).stream("test"));
    KrusellSmithSolver loop = new KrusellSmithSolver(SolverConfig.standard().withBurnIn(50));
    try (Learned learned = new Learned()) {
      Solution solution = loop.solve(ECONOMY, learned, states, new Seeds(1));

      assertThat(solution.history()).hasSize(2);
      assertThat(learned.askedAfterEachHistory).containsExactly(300, 300);
      SimulatedPath again = new EconomySimulator().simulate(solution.agents().policies(), states);
      assertThat(solution.path()).isEqualTo(again);
    }
  }

  /** Households who decide as a grid found, whatever the rules; it counts how often they do. */
  private static final class Learned implements BellmanSolver {
    private final List<Integer> askedAfterEachHistory = new ArrayList<>();
    private final HouseholdRule known;
    private int asked;

    Learned() {
      try (GridHouseholds grid = new GridHouseholds(ECONOMY, 60, 4)) {
        known = grid.solve(grid.coldStart()).rule();
      }
    }

    private final HouseholdRule rule =
        new HouseholdRule() {
          @Override
          public void nextCapital(Households households, double[][] capital, double[][] next) {
            asked++;
            known.nextCapital(households, capital, next);
          }

          @Override
          public boolean followsForecasts() {
            return false;
          }
        };

    @Override
    public HouseholdSolution solve(ForecastRules rules) {
      return new HouseholdSolution(ECONOMY, rule, rules, 1, 0, true);
    }

    @Override
    public HouseholdSolution current(ForecastRules rules) {
      return solve(rules);
    }

    @Override
    public void observe(SimulatedPath path) {
      askedAfterEachHistory.add(asked);
    }

    @Override
    public ForecastRules coldStart() {
      return ECONOMY.representativeRules();
    }

    @Override
    public Map<String, double[]> state() {
      return Map.of();
    }

    @Override
    public void restore(Map<String, double[]> state) {}

    @Override
    public void close() {}
  }
}
