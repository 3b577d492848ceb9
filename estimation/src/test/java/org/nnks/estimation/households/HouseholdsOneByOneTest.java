package org.nnks.estimation.households;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.stat.StatUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nnks.core.archive.NamedArrays;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.estimation.MicroMacroEstimate;
import org.nnks.estimation.MicroMacroLayout;
import org.nnks.estimation.MicroMacroReport;
import org.nnks.krusellsmith.conditioned.ConditionedConsumption;
import org.nnks.krusellsmith.conditioned.DetrendedSolver;
import org.nnks.krusellsmith.conditioned.EconomySeries;
import org.nnks.krusellsmith.conditioned.MeasurementError;
import org.nnks.krusellsmith.conditioned.ShockBox;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.TrainingListener;
import org.nnks.sbi.diagnostics.DiagnosticsReport;

/**
 * What 200 households observed one by one tell of the economy of Liu (2024) beyond its aggregates,
 * all measured with error, and whether their posteriors are calibrated: the table of
 * docs/estimating-krusell-smith.md.
 */
@Tag("paper")
class HouseholdsOneByOneTest {

  private static final int TRAINING = 1_200;
  private static final int TRUTHS = 60;
  private static final int LEVEL = 2;

  private static final EconomySeries SERIES =
      EconomySeries.liu2024().interviewing(200).measuredWith(new MeasurementError(.01, .05));

  /** A folder in which the policy and the simulations are kept for another run; usually none. */
  private static final Optional<Path> KEPT =
      Optional.ofNullable(System.getProperty("households.kept")).map(Path::of);

  @Test
  void householdsKnowTheirLabourAndAreCalibratedTogetherWithAggregates() {
    KrusellSmithSeries simulator = new KrusellSmithSeries(policy(), SERIES);
    MicroMacroLayout layout = simulator.layout();
    Prior prior = KrusellSmithSeries.prior();
    Simulations all = simulations(prior, simulator);
    assertThat(all.failures()).isZero();
    Simulations training = all.slice(0, TRAINING);
    Simulations truths = all.slice(TRAINING, TRAINING + TRUTHS);
    EstimatorConfig config = EstimatorConfig.standard();
    try (NeuralPosterior summary =
            NeuralPosterior.train(prior, layout.summaries(training), config, Device.cpu(), 1);
        MicroMacroEstimate estimate =
            MicroMacroEstimate.train(
                prior,
                layout,
                training,
                KrusellSmithSeries::coordinates,
                config,
                MicroMacroEstimate.affine(),
                1,
                Optional.empty(),
                TrainingListener.NONE)) {
      List<Draws> ofSummary =
          summary.sample(
              layout.summaries(truths), DiagnosticsReport.DRAWS, new Seeds(2).stream("summary"));
      MicroMacroReport report =
          MicroMacroReport.of(prior, estimate, truths, ofSummary, new Seeds(3));
      for (MicroMacroReport.Row row : report.sources()) {
        System.out.printf(
            Locale.ROOT,
            "%s, %s: contraction %.3f, 90 %% sets hold %.2f, ranks in band %s, sd z %.2f%n",
            row.parameter(),
            row.source(),
            row.recovery().contraction(),
            row.coverage90(),
            row.inBand(),
            row.recovery().sdZ());
      }
      System.out.printf("powers of aggregates and units: %s%n", estimate.powers().values());
      System.out.printf("Pareto k above .7 at %d of %d%n", report.unreliable(), report.truths());
      for (MicroMacroReport.Row row : report.sources()) {
        if (row.source().equals(MicroMacroReport.BOTH)) {
          assertThat(row.jointly()).as(row.parameter()).isTrue();
        }
      }
      for (String labour : List.of("mu_l", "rho_l", "sigma_l")) {
        assertThat(contraction(report, labour, MicroMacroReport.BOTH))
            .as(labour)
            .isGreaterThan(contraction(report, labour, MicroMacroReport.AGGREGATES) + .2);
      }
    }
  }

  /**
   * Means over the households of an economy vary between economies as they would if households were
   * independent given theta: their variance is that of one household over their number, here within
   * four standard errors. Common shocks, such as errors of C, would add to it, and likelihoods that
   * are multiplied count them once for each household.
   */
  @Test
  void householdsOfOneEconomyAreIndependentGivenTheta() {
    KrusellSmithSeries simulator = new KrusellSmithSeries(policy(), SERIES);
    int economies = 200;
    int households = SERIES.interviewed();
    for (double persistence : new double[] {0.95, 0.98}) {
      double[] theta = KrusellSmithSeries.truth().toArray();
      theta[4] = persistence;
      double[][] means = new double[EconomySeries.interviews().size()][economies];
      double[] variance = new double[means.length];
      for (int e = 0; e < economies; e++) {
        Matrix rows =
            simulator.observe(Vector.of(theta), new Seeds(9).stream("economy", e)).households();
        for (int j = 0; j < means.length; j++) {
          int column = j;
          double[] values =
              IntStream.range(0, households).mapToDouble(i -> rows.get(i, column)).toArray();
          means[j][e] = StatUtils.mean(values);
          variance[j] += StatUtils.variance(values) / economies;
        }
      }
      for (int j = 0; j < means.length; j++) {
        double effect = households * StatUtils.variance(means[j]) / variance[j];
        System.out.printf(
            Locale.ROOT,
            "%s, rho_l %.2f: variance of the mean %.2f times that of independent households%n",
            EconomySeries.interviews().get(j),
            persistence,
            effect);
        assertThat(effect).isCloseTo(1, within(4 * Math.sqrt(2.0 / economies)));
      }
    }
  }

  private static double contraction(MicroMacroReport report, String parameter, String source) {
    return report.sources().stream()
        .filter(row -> row.parameter().equals(parameter) && row.source().equals(source))
        .findFirst()
        .orElseThrow()
        .recovery()
        .contraction();
  }

  private static ConditionedConsumption policy() {
    Optional<Path> file = KEPT.map(folder -> folder.resolve("policy.npz"));
    if (file.isPresent() && Files.exists(file.get())) {
      return ConditionedConsumption.of(NamedArrays.read(file.get()));
    }
    ConditionedConsumption policy =
        ConditionedConsumption.solve(
            ShockBox.liu2024(),
            LEVEL,
            DetrendedSolver.standard(),
            new Seeds(1),
            (economy, solution, number, count) -> {});
    file.ifPresent(to -> NamedArrays.write(to, policy.arrays()));
    return policy;
  }

  private static Simulations simulations(Prior prior, KrusellSmithSeries simulator) {
    Optional<Path> file = KEPT.map(folder -> folder.resolve("simulations.npz"));
    if (file.isPresent() && Files.exists(file.get())) {
      return Simulations.read(file.get());
    }
    Simulations all = Simulations.draw(prior, simulator, TRAINING + TRUTHS, 1);
    file.ifPresent(all::write);
    return all;
  }
}
