package org.nnks.sbi.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.JointEstimator;
import org.nnks.sbi.JointModel;
import org.nnks.sbi.NeuralLikelihood;
import org.nnks.sbi.NeuralPosterior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.WeightedDraws;
import org.nnks.sbi.diagnostics.Calibration;
import org.nnks.sbi.diagnostics.EcdfBand;

/**
 * Ranks (SBC) and distances from random points (TARP) of every estimator on two tasks: neural
 * posteriors by splines and by flow matching, neural likelihoods, whose posteriors are draws of the
 * first weighted, and joint models. Each lies in the 95 % band that holds all ranks of a task
 * together.
 *
 * <p>System property: {@code sbi.tasks} (names; both).
 */
@Tag("paper")
class EstimatorCalibrationTest {

  private static final int SIMULATIONS = 5_000;
  private static final int HELD = 200;
  private static final int DRAWS = 199;

  /** Draws that are weighted for each data set of the likelihood. */
  private static final int PROPOSED = 1_000;

  private static final Device CPU = Device.cpu();

  @ParameterizedTest
  @EnumSource(
      value = BenchmarkTask.class,
      names = {"GAUSSIAN_MIXTURE", "TWO_MOONS"})
  void ranksOfEveryEstimatorLieInTheBand(BenchmarkTask task) {
    if (!BenchmarkConfig.chosen(task)) {
      return;
    }
    Simulations simulations = Simulations.draw(task.prior(), task, SIMULATIONS, 1);
    Simulations held = held(task);
    EstimatorConfig standard = EstimatorConfig.standard();
    try (NeuralPosterior splines =
            NeuralPosterior.train(task.prior(), simulations, standard, CPU, 1);
        NeuralLikelihood likelihood =
            NeuralLikelihood.train(task.prior(), simulations, standard, CPU, 1);
        NeuralPosterior matching =
            NeuralPosterior.train(
                task.prior(), simulations, EstimatorConfig.flowMatching(), CPU, 1)) {
      assertInside(
          task, "splines", splines.sample(held, DRAWS, new Seeds(2).stream("draws")), held);
      assertInside(
          task, "flow matching", matching.sample(held, DRAWS, new Seeds(2).stream("m")), held);
      JointEstimator joint = new JointEstimator(splines, likelihood);
      List<Draws> refined = new ArrayList<>();
      int unreliable = 0;
      for (int i = 0; i < HELD; i++) {
        WeightedDraws weighted =
            joint.refined(held.data(i), PROPOSED, new Seeds(3).stream("proposal", i));
        unreliable += weighted.weights().reliable() ? 0 : 1;
        refined.add(weighted.resampled(DRAWS, new Seeds(4).stream("resampled", i)));
      }
      System.out.printf("%s: Pareto k above .7 in %d of %d data sets%n", task, unreliable, HELD);
      assertInside(task, "likelihood", refined, held);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = BenchmarkTask.class,
      names = {"GAUSSIAN_MIXTURE", "TWO_MOONS"})
  void ranksOfTheJointModel(BenchmarkTask task) {
    if (!BenchmarkConfig.chosen(task)) {
      return;
    }
    Simulations simulations = Simulations.draw(task.prior(), task, SIMULATIONS, 1);
    Simulations held = held(task);
    double start = BenchmarkConfig.processorSeconds();
    try (JointModel model =
        JointModel.train(task.prior(), simulations, EstimatorConfig.flowMatching(), CPU, 1)) {
      System.out.printf(
          Locale.ROOT,
          "%s, joint model: %.0f s of processor time, %d epochs%n",
          task,
          BenchmarkConfig.processorSeconds() - start,
          model.histories().get(0).epochs().size());
      assertInside(
          task, "joint model", model.posteriors(held, DRAWS, new Seeds(8).stream("j")), held);
    }
  }

  private static Simulations held(BenchmarkTask task) {
    return Simulations.draw(task.prior(), task, 1_000_000, HELD, new Seeds(1));
  }

  /** All ranks lie in their joint band; prints which. */
  private static void assertInside(
      BenchmarkTask task, String name, List<Draws> posteriors, Simulations held) {
    // Bonferroni: the parameters and TARP together.
    double level = 1 - 0.05 / (task.dimension + 1);
    EcdfBand band = EcdfBand.of(HELD, DRAWS, level, new Seeds(5));
    Calibration ranks = Calibration.of(posteriors, held, new Seeds(6).stream("ties"));
    Calibration tarp = Calibration.ofDistance(posteriors, held, new Seeds(7).stream("points"));
    StringBuilder line = new StringBuilder();
    boolean all = tarp.calibrated(0, band);
    for (int j = 0; j < task.dimension; j++) {
      all &= ranks.calibrated(j, band);
      line.append(
          String.format(
              Locale.ROOT,
              "theta%d %s, 90 %% sets hold %.2f; ",
              j + 1,
              ranks.calibrated(j, band) ? "in" : "OUT",
              ranks.coverage(j, 0.9)));
    }
    System.out.printf(
        "%s, %s: %sTARP %s%n", task, name, line, tarp.calibrated(0, band) ? "in" : "OUT");
    assertThat(all).as(name).isTrue();
  }
}
