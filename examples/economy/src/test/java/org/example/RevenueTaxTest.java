package org.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nnks.core.economy.EconomyProvider;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.ExogenousShock;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.simulate.ImpulseResponse;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

class RevenueTaxTest {

  private static final int PERIODS = 300;
  private static final int BURN_IN = 60;
  private static final Seeds SEEDS = new Seeds(1);

  @Test
  void aTaxLowersCapital() {
    double untaxed = meanCapital(0);
    double taxed = meanCapital(.1);
    // Without risk and fixed costs K is proportional to (1 - tau)^(1 / (1 - alpha)).
    assertThat(taxed / untaxed).isBetween(.82, .90);
  }

  private static double meanCapital(double tax) {
    RevenueTax economy = new RevenueTax(RevenueTaxCalibration.withTax(tax));
    try (ProjectionSolver firms = new ProjectionSolver(economy, Device.cpu(), SEEDS)) {
      return solve(economy, firms).path().capital().slice(BURN_IN, PERIODS).mean();
    }
  }

  private static Solution solve(RevenueTax economy, ProjectionSolver firms) {
    int[] shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, SEEDS.stream("aggregate"));
    return new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
        .solve(economy, firms, shocks, SEEDS)
        .requireConverged();
  }

  @Test
  void theGoodsMarketClearsAndOutputRespondsToProductivity() {
    RevenueTax economy = new RevenueTax(RevenueTaxCalibration.withTax(.1));
    try (ProjectionSolver firms = new ProjectionSolver(economy, Device.cpu(), SEEDS)) {
      Solution solution = solve(economy, firms);
      SimulatedPath path = solution.path();
      for (int t = BURN_IN; t < PERIODS; t++) {
        double consumption = path.output().get(t) - path.investment().get(t);
        assertThat(path.price().get(t) * consumption).isCloseTo(1, within(1e-8));
      }
      Exogenous productivity = economy.exogenous().get(0);
      ExogenousShock shock =
          new ExogenousShock(economy, productivity, 1, 200, 4, OptionalInt.empty());
      ImpulseResponse response =
          ImpulseResponse.of(
              economy, solution.agents().policies(), shock, SEEDS, pairs -> {});
      // On impact Y moves by what A does and by nothing else: capital is given, and there is no
      // labour in production. The shock is one standard deviation of 1.5 % on average.
      ImpulseResponse.Response output = response.response("Y");
      assertThat(output.mean().get(0))
          .isCloseTo(1.5, within(4 * output.standardError().get(0)));
    }
  }

  @Test
  void aTaxOfEverythingIsRefused() {
    assertThatThrownBy(() -> RevenueTaxCalibration.withTax(1))
        .hasMessage("tax must be in [0, 1) but is 1.0");
  }

  @Test
  void theCommandLineFindsIt() {
    EconomyProvider<?> provider = ServiceLoader.load(EconomyProvider.class).findFirst().get();
    assertThat(provider.economy().name()).isEqualTo("revenue-tax");
  }

  /** The lines that say something: no imports, comments and blanks. */
  @Test
  void aStudentsEconomyTakesAtMost100Lines() throws Exception {
    Path source = Path.of("src", "main", "java", "org", "example", "RevenueTax.java");
    try (Stream<String> lines = Files.lines(source)) {
      assertThat(lines.map(String::strip).filter(line -> !line.matches("|(import |package |/?\\*).*")))
          .hasSizeLessThanOrEqualTo(100);
    }
  }
}
