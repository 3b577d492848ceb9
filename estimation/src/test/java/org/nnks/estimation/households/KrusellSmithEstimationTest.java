package org.nnks.estimation.households;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.krusellsmith.conditioned.ConditionedConsumption;
import org.nnks.krusellsmith.conditioned.DetrendedSolver;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.ShockBox;
import org.nnks.sbi.Data;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.diagnostics.DiagnosticsReport;
import org.nnks.sbi.liu2024.Published;

/** Liu (2024), section 4.3, through the economy: Tables 3 to 5. */
@Tag("paper")
class KrusellSmithEstimationTest {

  private static final int TRAINING = 10_000;
  private static final int HELD = 500;
  private static final int DRAWS = 10_000;
  private static final int LEVEL = 3;

  @Test
  void theTruthIsFoundAndMoreIsLearnedThanInThePaper() {
    ConditionedConsumption policy =
        ConditionedConsumption.solve(
            ShockBox.liu2024(),
            LEVEL,
            DetrendedSolver.standard(),
            new Seeds(1),
            (economy, solution, number, count) -> {});
    KrusellSmithSeries simulator = new KrusellSmithSeries(policy, EconomySeries.liu2024());
    Prior prior = KrusellSmithSeries.prior();
    Simulations all = Simulations.draw(prior, simulator, TRAINING + HELD, 1);
    assertThat(all.failures()).isZero();
    Vector truth = KrusellSmithSeries.truth();
    Data observed = simulator.simulate(truth, new Seeds(1).stream("observed data"));
    try (NeuralPosterior posterior =
        NeuralPosterior.train(
            prior, all.slice(0, TRAINING), EstimatorConfig.standard(), Device.cpu(), 1)) {
      Draws draws = posterior.given(observed).sample(DRAWS, new Seeds(1).stream("posterior"));
      DiagnosticsReport report =
          DiagnosticsReport.of(
              posterior,
              all.slice(TRAINING, TRAINING + HELD),
              observed,
              draws,
              Optional.of(simulator),
              new Seeds(2));
      List<Draws.Row> table = draws.table();
      for (int j = 0; j < prior.size(); j++) {
        Draws.Row row = table.get(j);
        double contraction = 1 - row.sd() * row.sd() / prior.variance(j);
        System.out.printf(
            Locale.ROOT,
            "%s: truth %.3f, mean %.4f, sd %.4f, 90 %% [%.4f, %.4f], contraction %.3f (Liu %.3f); %s%n",
            row.name(),
            truth.get(j),
            row.mean(),
            row.sd(),
            row.lower5(),
            row.upper95(),
            contraction,
            Published.contraction(j),
            report.parameters().get(j).recovery());
        assertThat(contraction).as(row.name()).isGreaterThan(Published.contraction(j));
        assertThat(draws.credibleInterval(row.name(), .9).contains(truth.get(j)))
            .as(row.name())
            .isTrue();
      }
      assertThat(report.calibrated()).isTrue();
    }
  }
}
