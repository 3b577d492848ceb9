package org.nnks.khanthomas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nnks.core.agents.AgentProblem;
import org.nnks.core.agents.AgentSolution;
import org.nnks.core.agents.StationaryEquilibrium;
import org.nnks.core.archive.RunSettings;
import org.nnks.core.bellman.BellmanSolver;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.io.CsvTable;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.model.Economy;
import org.nnks.core.neural.NeuralBellman;
import org.nnks.core.neural.NeuralTraining;
import org.nnks.core.numeric.Vector;
import org.nnks.core.oracle.GridOracle;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;
import org.nnks.core.solve.SolverState;
import org.nnks.core.statistics.BusinessCycleTable;
import org.nnks.core.statistics.BusinessCycleTable.Series;
import org.nnks.core.statistics.HodrickPrescott;
import org.nnks.core.tensor.Readout;
import org.nnks.khanthomas.exact.Continuation;
import org.nnks.khanthomas.exact.GridBellman;
import org.nnks.khanthomas.exact.LumpySolution;
import org.nnks.khanthomas.exact.TerryBellman;
import org.nnks.reference.KhanThomasReference;

/**
 * Labour supply that costs more at the margin, so that two prices clear: against a program written
 * for this purpose that shares no code with the library; the README of the reference folder says
 * how.
 */
class FiniteFrischTest {

  private static final int FROM = 500;

  /** The largest gaps allowed to the reference path, in percent. */
  private static final double PRICE_LIMIT = .03;

  private static final double CAPITAL_LIMIT = .12;

  /** The same for trained networks, whose loop stops at 1e-3, as with one price. */
  private static final double TRAINED_PRICE_LIMIT = .15;

  private static final double TRAINED_CAPITAL_LIMIT = .6;

  /** Rounding, and powers that processors round differently. */
  private static final double LAST_BITS = 1e-12;

  /** Of a statistic between .2 and 4: one unit of its fourth digit, and what rounding takes. */
  private static final double FOURTH_DIGIT = 5e-4;

  /** The largest gap of the exact solver, in percent. */
  private static final double EXACT_LIMIT = .02;

  /** Knots in k: twice the exact solver's default. */
  private static final int FINE_KNOTS = 200;

  /** Nodes in K. */
  private static final int FINE_MEAN_NODES = 80;

  /** Hours of the reference's stationary economy, from which it has chi = 4.177105730. */
  private static final double CHI_HALF = 4.177105730;

  private static final double CHI_TWO = 22.02257752;

  /** Largest error of V, relative. */
  private static final double VALUE_LIMIT = 1e-4;

  /** Largest error of a threshold, in hours, beyond the largest cost too: 1e-4 is asked for. */
  private static final double THRESHOLD_LIMIT = 1e-4;

  private static KhanThomasCalibration calibration(double inverseFrisch) {
    return KhanThomasCalibration.terry2017().withInverseFrisch(inverseFrisch);
  }

  @Test
  void normalHoursGiveTheReferenceItsChi() {
    KhanThomasCalibration terry = KhanThomasCalibration.terry2017();
    double hours = terry.normalHours();
    assertThat(terry.disutility() / Math.sqrt(hours)).isCloseTo(CHI_HALF, within(1e-8));
    assertThat(terry.disutility() / (hours * hours)).isCloseTo(CHI_TWO, within(1e-7));
  }

  @Test
  void theDeclarationPassesItsCheckWithTwoPrices() {
    KhanThomasDeclaration economy = new KhanThomasDeclaration(calibration(.5));
    economy.check();
    assertThat(economy.prices()).extracting("name").containsExactly("p", "W");
  }

  /** chi is such that the economy without aggregate risk does not depend on kappa. */
  @ParameterizedTest
  @ValueSource(doubles = {.5, 2})
  void theStationaryEconomyIsTheSameForEveryElasticity(double inverseFrisch) {
    StationaryEquilibrium linear =
        StationaryEquilibrium.of(new KhanThomasDeclaration(calibration(0)), 2);
    StationaryEquilibrium found =
        StationaryEquilibrium.of(new KhanThomasDeclaration(calibration(inverseFrisch)), 2);
    assertThat(found.prices()[0] / linear.prices()[0]).isCloseTo(1, within(1e-4));
    assertThat(found.prices()[1] / 2.4).isCloseTo(1, within(2e-4));
    assertThat(found.moments()[0] / linear.moments()[0]).isCloseTo(1, within(5e-4));
  }

  @Test
  void terrysProgramRefusesIt() {
    KhanThomas economy = new KhanThomas(calibration(.5));
    assertThatThrownBy(() -> new TerryBellman(economy))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--method terry needs linear disutility of labour")
        .hasMessageContaining("use --method exact");
  }

  @Test
  void rulesOfOnePriceAreRefused() {
    ForecastRules one = KhanThomasRules.terry2017Initial();
    KhanThomas economy = new KhanThomas(calibration(.5));
    KhanThomasDeclaration declared = new KhanThomasDeclaration(calibration(.5));
    try (GridBellman exact = new GridBellman(economy, 10, 10);
        ProjectionSolver projection = new ProjectionSolver(declared, Device.cpu(), new Seeds(1));
        GridOracle oracle = new GridOracle(declared)) {
      for (BellmanSolver solver : List.of(exact, projection, oracle)) {
        assertThatThrownBy(() -> solver.solve(one))
            .isInstanceOf(InvalidInputException.class)
            .hasMessage(
                "forecast rules must be for 1 moments [K] and 2 prices [p, W] but are for 1 and 1; start without rules");
      }
    }
  }

  /**
   * Sentinel: what the solver of one price gave before it knew of a second, on the same machine to
   * the last bit; other machines' powers may differ in it.
   */
  @Test
  void withLinearDisutilityThePathIsWhatItWas() {
    KhanThomas economy = new KhanThomas(calibration(0));
    int[] states = economy.aggregate().simulate(2, 200, new Seeds(3).stream("x"));
    try (GridBellman solver = new GridBellman(economy, 10, 10)) {
      SimulatedPath path =
          new EconomySimulator()
              .simulate(solver.solve(KhanThomasRules.terry2017Initial()).policies(), states);
      assertThat(path.prices()).hasSize(1);
      assertThat(path.price().get(199)).isCloseTo(2.358938877489772, within(LAST_BITS));
      assertThat(path.capital().get(199)).isCloseTo(1.4069728197145717, within(LAST_BITS));
      assertThat(path.hours().get(199)).isCloseTo(.33274980694187506, within(LAST_BITS));
      assertThat(path.price().mean()).isCloseTo(2.259026411681665, within(LAST_BITS));
    }
  }

  /** The two-price search itself: as disutility becomes linear its path becomes the published. */
  @Test
  void asDisutilityBecomesLinearThePathBecomesThePublishedOne() {
    KhanThomas linear = new KhanThomas(calibration(0));
    KhanThomas nearly = new KhanThomas(calibration(1e-6));
    int[] states = linear.aggregate().simulate(2, 100, new Seeds(3).stream("x"));
    ForecastRules one = KhanThomasRules.terry2017Initial();
    ForecastRules two =
        new ForecastRules(
            one.moments(),
            List.of(
                one.price(),
                new LogLinearRule(
                    one.price().intercept().map(x -> Math.log(2.4)),
                    one.price().intercept().map(x -> 0))));
    SimulatedPath published = simulate(linear, one, states);
    SimulatedPath path = simulate(nearly, two, states);
    for (int t = 0; t < states.length; t++) {
      assertThat(path.price().get(t) / published.price().get(t)).isCloseTo(1, within(1e-6));
      assertThat(path.capital().get(t) / published.capital().get(t)).isCloseTo(1, within(1e-6));
      assertThat(path.hours().get(t) / published.hours().get(t)).isCloseTo(1, within(1e-5));
    }
  }

  private static SimulatedPath simulate(KhanThomas economy, ForecastRules rules, int[] states) {
    try (GridBellman solver = new GridBellman(economy, 30, 10)) {
      return new EconomySimulator().simulate(solver.solve(rules).policies(), states);
    }
  }

  /**
   * Values and thresholds at the reference's own rules. A path cannot tell a firm that values an
   * hour of adjustment at 2.4 from one that values it at W; these can.
   */
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "2"})
  void valuesAndThresholdsAreTheReferencesAtItsStates(String inverseFrisch) {
    KhanThomasDeclaration economy =
        new KhanThomasDeclaration(calibration(Double.parseDouble(inverseFrisch)));
    CsvTable points = table(inverseFrisch, "points");
    double value = 0;
    double threshold = 0;
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), new Seeds(1))) {
      AgentSolution solution = solver.solve(rules(inverseFrisch));
      for (int i = 0; i < points.column("V").size(); i++) {
        double w = points.column("W").get(i);
        int cell = (int) points.column("z_index").get(i) - 1;
        AgentProblem firm = atPoint(solution, points, i);
        double found = (firm.value(1)[cell] - firm.value(0)[cell]) / w;
        value = Math.max(value, Math.abs(firm.value()[cell] / points.column("V").get(i) - 1));
        threshold = Math.max(threshold, Math.abs(found - points.column("xi_star").get(i)));
      }
    }
    assertThat(value).isLessThan(VALUE_LIMIT);
    assertThat(threshold).isLessThan(THRESHOLD_LIMIT);
  }

  /** The exact solver's own, at the same states: what is coarse here is its grid of K. */
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "2"})
  void theExactSolverHasTheReferencesValuesAndThresholds(String inverseFrisch) {
    KhanThomas economy = new KhanThomas(calibration(Double.parseDouble(inverseFrisch)));
    CsvTable points = table(inverseFrisch, "points");
    ForecastRules rules = rules(inverseFrisch);
    double value = 0;
    double threshold = 0;
    try (GridBellman solver = new GridBellman(economy, FINE_KNOTS, FINE_MEAN_NODES)) {
      LumpySolution solution = solver.solve(rules);
      Continuation continuation = solution.value().newContinuation();
      for (int i = 0; i < points.column("V").size(); i++) {
        double w = points.column("W").get(i);
        double p = points.column("p").get(i);
        double k = points.column("k").get(i);
        int a = (int) points.column("A_index").get(i) - 1;
        int z = (int) points.column("z_index").get(i) - 1;
        solution.value().continuation(a, points.column("K_next").get(i), continuation);
        double left = economy.undepreciated(k);
        double wait = continuation.value(z, economy.capital().clamp(left));
        double target = continuation.maximise(z, p);
        double gain = continuation.value(z, target) - p * (target - left) - wait;
        double profit =
            economy.profit(economy.idiosyncratic().level(z), k, economy.aggregate().level(a), p, w);
        double found = profit + wait + economy.fixedCost().at(w).optionValue(gain);
        value = Math.max(value, Math.abs(found / points.column("V").get(i) - 1));
        threshold = Math.max(threshold, Math.abs(gain / w - points.column("xi_star").get(i)));
      }
    }
    assertThat(value).isLessThan(VALUE_LIMIT);
    assertThat(threshold).isLessThan(THRESHOLD_LIMIT);
  }

  private static AgentProblem atPoint(AgentSolution solution, CsvTable points, int i) {
    DeclaredEconomy economy = solution.economy();
    int a = (int) points.column("A_index").get(i) - 1;
    double[] moments = {points.column("K").get(i)};
    AgentProblem firm =
        new AgentProblem(
            economy, solution.table().grid(), new double[][] {{points.column("k").get(i)}});
    double[][] continuation = new double[economy.own().size()][solution.table().grid().size()];
    solution.table().continuation(a, new double[] {points.column("K_next").get(i)}, continuation);
    firm.state(a, moments);
    firm.prices(new double[] {points.column("p").get(i), points.column("W").get(i)});
    firm.solve(continuation);
    return firm;
  }

  private static CsvTable table(String kappa, String what) {
    return KhanThomasReference.table("khan-thomas-frisch-" + kappa + "-" + what + ".csv");
  }

  private static ForecastRules rules(String kappa) {
    CsvTable rules = table(kappa, "rules");
    double[] coefficients =
        Stream.of("a_K", "b_K", "a_p", "b_p", "a_W", "b_W")
            .flatMapToDouble(name -> rules.column(name).stream())
            .toArray();
    return ForecastRules.ofCoefficients(1, 2, coefficients);
  }

  @Tag("paper")
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "2"})
  void theProjectionFollowsTheReferencePath(String inverseFrisch) {
    KhanThomasDeclaration economy =
        new KhanThomasDeclaration(calibration(Double.parseDouble(inverseFrisch)));
    Seeds seeds = new Seeds(1);
    try (ProjectionSolver solver = new ProjectionSolver(economy, Device.cpu(), seeds)) {
      follows(economy, solver, inverseFrisch, PRICE_LIMIT, CAPITAL_LIMIT);
    }
  }

  @Tag("paper")
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "2"})
  void theOracleFollowsTheReferencePath(String inverseFrisch) {
    KhanThomasDeclaration economy =
        new KhanThomasDeclaration(calibration(Double.parseDouble(inverseFrisch)));
    try (GridOracle solver = new GridOracle(economy)) {
      follows(economy, solver, inverseFrisch, PRICE_LIMIT, CAPITAL_LIMIT);
    }
  }

  /** By the default settings and loop of {@code --method neural}, from steady states. */
  @Tag("paper")
  @Test
  void trainedNetworksFollowTheReferencePath() {
    KhanThomasDeclaration economy = new KhanThomasDeclaration(calibration(.5));
    SolverConfig loop =
        RunSettings.of(RunSettings.Method.NEURAL, RunSettings.Preset.DEFAULT).solver();
    try (NeuralBellman solver =
        new NeuralBellman(
            economy,
            NeuralTraining.standard(),
            Device.cpu(),
            DataType.FLOAT64,
            new Seeds(1),
            new Readout())) {
      follows(
          new KrusellSmithSolver(loop),
          economy,
          solver,
          "0.5",
          TRAINED_PRICE_LIMIT,
          TRAINED_CAPITAL_LIMIT);
    }
  }

  /**
   * On a fine grid, {@link #FINE_KNOTS} x {@link #FINE_MEAN_NODES}; on the default one K is within
   * .08 %.
   */
  @Tag("paper")
  @ParameterizedTest
  @ValueSource(strings = {"0.5", "2"})
  void theExactSolverFollowsTheReferencePath(String inverseFrisch) {
    KhanThomas economy = new KhanThomas(calibration(Double.parseDouble(inverseFrisch)));
    try (GridBellman solver = new GridBellman(economy, FINE_KNOTS, FINE_MEAN_NODES)) {
      Solution solution = follows(economy, solver, inverseFrisch, EXACT_LIMIT, EXACT_LIMIT);
      cyclesAreTheReferences(solution.path(), table(inverseFrisch, "statistics"));
    }
  }

  /** Standard deviations relative to output, HP-filtered logs, to one in the fourth digit. */
  private static void cyclesAreTheReferences(SimulatedPath path, CsvTable reference) {
    int end = path.periods();
    BusinessCycleTable cycles =
        BusinessCycleTable.of(
            List.of(
                new Series("Y", path.output().slice(FROM, end)),
                new Series("I", path.investment().slice(FROM, end)),
                new Series("N", path.hours().slice(FROM, end)),
                new Series("C", path.consumption().slice(FROM, end)),
                new Series("W", path.prices().get(1).slice(FROM, end)),
                new Series("w", path.wage().slice(FROM, end)),
                new Series("K", path.capital().slice(FROM, end))),
            HodrickPrescott.ANNUAL_LAMBDA,
            1);
    double output = reference.column("Y").get(0);
    assertThat(cycles.row("Y").sdPercent()).isCloseTo(output, within(FOURTH_DIGIT * output));
    for (String name : List.of("I", "N", "C", "W", "w", "K")) {
      double expected = reference.column(name).get(0);
      assertThat(cycles.row(name).ratio())
          .as("sd of %s relative to Y", name)
          .isCloseTo(expected, within(FOURTH_DIGIT * expected));
    }
  }

  private static Solution follows(
      Economy economy, BellmanSolver solver, String kappa, double priceLimit, double capitalLimit) {
    return follows(new KrusellSmithSolver(), economy, solver, kappa, priceLimit, capitalLimit);
  }

  private static Solution follows(
      KrusellSmithSolver loop,
      Economy economy,
      BellmanSolver solver,
      String kappa,
      double priceLimit,
      double capitalLimit) {
    KhanThomasReference terry = KhanThomasReference.load();
    CsvTable path = table(kappa, "path");
    ForecastRules start = solver.coldStart();
    Solution solution =
        loop.solve(economy, solver, terry.states(), SolverState.initial(start), new Seeds(1))
            .requireConverged();
    double p = gap(solution.path().prices().get(0), path.column("p"));
    double w = gap(solution.path().prices().get(1), path.column("W"));
    double k = gap(solution.path().moments().get(0), path.column("K"));
    assertThat(p).isLessThan(priceLimit);
    assertThat(w).isLessThan(priceLimit);
    assertThat(k).isLessThan(capitalLimit);
    return solution;
  }

  private static double gap(Vector ours, Vector reference) {
    double largest = 0;
    for (int t = FROM; t < reference.size(); t++) {
      largest = Math.max(largest, 100 * Math.abs(ours.get(t) / reference.get(t) - 1));
    }
    return largest;
  }
}
