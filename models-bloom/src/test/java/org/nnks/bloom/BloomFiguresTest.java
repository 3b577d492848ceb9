package org.nnks.bloom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nnks.bloom.networks.PaperTraining;
import org.nnks.bloom.thresholds.ThresholdBellman;
import org.nnks.bloom.thresholds.ThresholdSolution;
import org.nnks.core.bellman.Exhibits;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.JumpClearing;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.statistics.ComparisonTable;
import org.nnks.core.statistics.Figure;

/** What reports of a small economy show, by the exact solver and by networks beside it. */
class BloomFiguresTest {

  private static final int PERIODS = 60;
  private static final int BURN_IN = 20;
  private static final int PRODUCTIVITIES = 2;
  private static final int SHOCKS = 5;

  private static final Bloom ECONOMY = SmallEconomy.create();
  private static final ForecastRules RULES = FrictionlessSteadyState.coldStart(ECONOMY);

  private static ExactBellman exactSolver;
  private static ExactSolution exact;
  private static ThresholdBellman solver;
  private static SimulatedPath path;
  private static SimulatedPath ours;
  private static List<Figure> figures;
  private static Exhibits networks;

  @BeforeAll
  static void solve() {
    int[] shocks = ECONOMY.aggregate().simulate(0, PERIODS, new Seeds(3).stream("aggregate"));
    exactSolver = new ExactBellman(ECONOMY);
    exact = exactSolver.solve(RULES);
    path = new EconomySimulator().simulate(exact.policies(), shocks);
    figures = exact.exhibits(path, BURN_IN).figures();
    solver =
        new ThresholdBellman(ECONOMY, true, JumpClearing.Rule.MIXED, Device.cpu(), new Seeds(1));
    ThresholdSolution solution = solver.solve(RULES);
    ours = new EconomySimulator().simulate(solution.policies(), shocks);
    networks = solution.exhibits(ours, BURN_IN);
  }

  @AfterAll
  static void close() {
    exactSolver.close();
    solver.close();
  }

  private static List<Figure> of(List<Figure> all, String figure) {
    return all.stream().filter(one -> one.title().contains("Figure " + figure)).toList();
  }

  @Test
  void everyFigureIsThere() {
    assertThat(of(figures, "4")).hasSize(2);
    assertThat(of(figures, "7")).hasSize(6);
    for (int number = 8; number <= 13; number++) {
      assertThat(of(figures, number + ",")).hasSize(PRODUCTIVITIES);
      assertThat(of(networks.figures(), number + ","))
          .hasSize(PRODUCTIVITIES)
          .allSatisfy(figure -> assertThat(figure.lines()).hasSize(2 * SHOCKS));
    }
    assertThat(networks.figures()).hasSameSizeAs(figures);
  }

  /** Hours: hired below, left alone in between, fired above; by the price, a jump. */
  @Test
  void figure4ShowsThresholds() {
    Vector byHours = of(figures, "4a").get(0).lines().get(0).y();
    assertThat(byHours.get(0)).isPositive();
    assertThat(byHours.last()).isNegative();
    long idle = byHours.stream().filter(s -> s == 0).count();
    assertThat(idle).isBetween(3L, byHours.size() - 3L);
    Vector byPrice = of(figures, "4b").get(0).lines().get(0).y();
    assertThat(byPrice.size()).isEqualTo(BloomFigures.PRICES);
    assertThat(byPrice.get(0)).isZero();
    assertThat(byPrice.last()).isPositive();
  }

  /** Figure 9, row 2: n_-1 next to the middle of its range, second a, all z. */
  @Test
  void figure9IsWhatFirmsChoose() {
    Figure figure = of(figures, "9, row 2").get(0);
    int hours = ECONOMY.hours().size();
    double middle = (ECONOMY.hours().lower() + ECONOMY.hours().upper()) / 2;
    int n = 0;
    for (int i = 0; i < hours; i++) {
      if (Math.abs(ECONOMY.hours().get(i) - middle) < Math.abs(ECONOMY.hours().get(n) - middle)) {
        n = i;
      }
    }
    assertThat(figure.title()).contains("n₋₁ = %.4f".formatted(ECONOMY.hours().get(n)));
    double mean = path.capital().slice(BURN_IN, PERIODS).mean();
    int state = ECONOMY.states().index(1, AggregateStates.LOW, AggregateStates.LOW);
    GridChoices choices = exact.choices(state, mean, RULES.price(state, mean));
    int nodes = ECONOMY.capital().size();
    for (int z = 0; z < SHOCKS; z++) {
      for (int k = 0; k < nodes; k++) {
        int chosen = choices.capital((z * nodes + k) * hours + n);
        double investment =
            ECONOMY.capital().get(chosen)
                - (1 - ECONOMY.calibration().depreciation()) * ECONOMY.capital().get(k);
        assertThat(figure.lines().get(z).y().get(k)).isCloseTo(investment, within(1e-12));
      }
    }
  }

  /** The solver's own line first, the exact one of the same rules and shocks beside it. */
  @Test
  void figure7ShowsBothHistories() {
    Figure output = of(networks.figures(), "7").get(0);
    assertThat(output.lines()).extracting(Figure.Line::dashed).containsExactly(false, true);
    assertThat(output.lines().get(0).y()).isEqualTo(ours.output());
    assertThat(output.lines().get(1).y()).isEqualTo(path.output());
  }

  @Test
  void networksAreCountedAgainstTheExactSolver() {
    List<ComparisonTable> tables = BloomTables.networks(networks.statistics(), 7);
    assertThat(tables)
        .extracting(ComparisonTable::title)
        .satisfiesExactly(
            title -> assertThat(title).contains("Table 11"),
            title -> assertThat(title).contains("Table 12"),
            title -> assertThat(title).contains("Table 13"),
            title -> assertThat(title).contains("Table 14"));
    List<Double> counts = column(tables.get(0));
    double points =
        (double) ECONOMY.cells() * ECONOMY.states().size() * ECONOMY.meanCapital().size();
    DiscreteChoices choices =
        DiscreteChoices.overGrid(ECONOMY, exact, solver.current(RULES).rule());
    assertThat(counts.get(0)).isEqualTo(points);
    assertThat(counts.get(1) + counts.get(3)).isEqualTo(points);
    assertThat(counts.get(2)).isEqualTo(100 * choices.lenient());
    assertThat(counts.get(7)).isEqualTo(100 * choices.right()).isLessThan(counts.get(2));
    assertThat(counts.get(5)).isEqualTo(counts.get(1) - counts.get(6)).isPositive();
    // Firms by mass: rows 8, 9 on the economy's grids, 10, 11 on finer ones, lenient first.
    assertThat(counts.get(9)).isBetween(80.0, counts.get(8));
    assertThat(counts.get(11)).isBetween(80.0, counts.get(10)).isNotEqualTo(counts.get(9));
    // Wrong branches differ by steps, and by little in value: excused ones are not among them.
    assertThat(choices.losses().size() - choices.remaining().rightHandSide().size())
        .isEqualTo((int) (double) counts.get(5));
    List<Double> deviations = column(tables.get(1));
    for (int block = 0; block < deviations.size(); block += 4) {
      assertThat(deviations.subList(block, block + 3)).isSorted();
    }
    assertThat(deviations.get(0)).isPositive();
    assertThat(deviations.get(8)).isEqualTo(median(choices.remaining().rightHandSide()));
    assertThat(column(tables.get(2)).get(2)).isEqualTo(counts.get(2));
    assertThat(column(tables.get(3)).get(6)).isEqualTo(7);
    assertThat(BloomTables.networks(exact.exhibits(path, BURN_IN).statistics(), 1)).isEmpty();
  }

  /** Firms are compared after the burn-in, however late that is. */
  @Test
  void firmsAreComparedAfterALateBurnIn() {
    Map<String, Double> statistics =
        ExactComparison.of(solver.current(RULES), ours, PERIODS - 5).statistics();
    assertThat(statistics.get(ExactComparison.RIGHT_BY_MASS)).isBetween(.5, 1.0);
    assertThat(statistics.get(ExactComparison.RIGHT_BY_MASS_FINER)).isBetween(.5, 1.0);
  }

  /** At rules that promise another price by far the exact firms' markets have no root. */
  @Test
  void networksAreShownAloneWhereTheExactMarketsDoNotClear() {
    ForecastRules wild =
        ForecastRules.ofCoefficients(
            Arrays.stream(RULES.coefficients()).map(c -> 3 * c + 3).toArray());
    Exhibits alone = ExactComparison.of(solver.current(wild), ours, BURN_IN);
    assertThat(alone.statistics()).isEmpty();
    assertThat(of(alone.figures(), "7").get(0).lines()).hasSize(1);
    List<ComparisonTable> tables =
        BloomTables.networks(PaperTraining.yokomoto2026().statistics(), 7);
    assertThat(tables).hasSize(1);
    assertThat(tables.get(0).title()).contains("Table 14");
    assertThat(tables.get(0).note()).contains("Tables 11 to 13 are missing");
  }

  private static double median(Vector sorted) {
    return sorted.get((sorted.size() - 1) / 2);
  }

  private static List<Double> column(ComparisonTable table) {
    int column = table.columns().indexOf(ComparisonTable.OURS);
    return table.rows().stream().map(row -> row.cells().get(column)).toList();
  }

  @Test
  void trainingSettingsFillTable14() {
    Map<String, Double> settings = PaperTraining.yokomoto2026().statistics();
    assertThat(settings.values()).containsExactly(3.0, 256.0, 5e-4, 5e-5, 256.0);
  }
}
