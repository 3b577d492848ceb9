package org.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.nnks.core.contract.EconomyContract;
import org.nnks.core.lumpy.GridBellman;
import org.nnks.core.lumpy.LumpyInvestment;
import org.nnks.core.run.Seeds;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;
import org.nnks.core.solve.SolverConfig;

class RevenueTaxTest extends EconomyContract<RevenueTax.Calibration> {

  private static final int PERIODS = 300;
  private static final int BURN_IN = 60;

  @Override
  protected RevenueTax.Calibration calibration() {
    return RevenueTax.Calibration.withTax(.1);
  }

  @Override
  protected LumpyInvestment economy(RevenueTax.Calibration calibration) {
    return new RevenueTax(calibration);
  }

  @Test
  void aTaxLowersCapital() {
    double untaxed = meanCapital(0);
    double taxed = meanCapital(.1);
    // Without risk and fixed costs K is proportional to (1 - tau)^(1 / (1 - alpha)).
    assertThat(taxed / untaxed).isBetween(.82, .90);
  }

  private static double meanCapital(double tax) {
    RevenueTax economy = new RevenueTax(RevenueTax.Calibration.withTax(tax));
    Seeds seeds = new Seeds(1);
    int[] shocks =
        economy
            .aggregate()
            .simulate(economy.start().aggregateState(), PERIODS, seeds.stream("aggregate"));
    try (GridBellman firms = new GridBellman(economy)) {
      Solution solution =
          new KrusellSmithSolver(SolverConfig.standard().withBurnIn(BURN_IN))
              .solve(economy, firms, shocks, seeds)
              .requireConverged();
      return solution.path().capital().slice(BURN_IN, PERIODS).mean();
    }
  }

  @Test
  void aTaxOfEverythingIsRefused() {
    assertThatThrownBy(() -> RevenueTax.Calibration.withTax(1))
        .hasMessage("tax must be in [0, 1) but is 1.0");
  }

  @Test
  void aStudentsEconomyTakesAtMost150Lines() throws Exception {
    Path source = Path.of("src", "main", "java", "org", "example", "RevenueTax.java");
    assertThat(Files.readAllLines(source)).hasSizeLessThanOrEqualTo(150);
  }
}
