package org.nnks.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.Data;
import org.nnks.sbi.DataShape;
import org.nnks.sbi.Draws;
import org.nnks.sbi.EstimatorConfig;
import org.nnks.sbi.Parameter;
import org.nnks.sbi.Prior;
import org.nnks.sbi.Simulations;
import org.nnks.sbi.Simulator;
import org.nnks.sbi.TrainingListener;
import org.nnks.sbi.flow.FlowSpec;
import org.nnks.sbi.sampling.SliceSampler;

/**
 * An economy with a closed form: theta = (a, m), both N(0, 1). The aggregate is a + m + N(0, .5^2),
 * so it knows their sum alone; units are m + N(0, .8^2), seen with a measurement error of sd .6 and
 * so with variance 1 in all, and know m. Only both know a.
 */
class MicroMacroEstimateTest {

  private static final int UNITS = 20;
  private static final double AGGREGATE_VARIANCE = 0.25;

  private static final MicroMacroLayout LAYOUT = new MicroMacroLayout(0, 1, 2, UNITS, 1, 0);

  private static final Prior PRIOR =
      Prior.of(Parameter.normal("a", 0, 1), Parameter.normal("m", 0, 1));

  /** The aggregate, a number of noise in the place of a survey, and the units. */
  private static final Simulator ECONOMY =
      Simulator.of(
          DataShape.vector(2 + UNITS),
          (theta, random) -> {
            double[] data = new double[2 + UNITS];
            data[0] = theta.get(0) + theta.get(1) + 0.5 * random.nextGaussian();
            data[1] = random.nextGaussian();
            for (int i = 0; i < UNITS; i++) {
              double unit = theta.get(1) + 0.8 * random.nextGaussian();
              data[2 + i] = unit + 0.6 * random.nextGaussian();
            }
            return Data.vector(data);
          });

  private static final EstimatorConfig SMALL =
      EstimatorConfig.standard()
          .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(16), 4, 4))
          .withWeightDecays(3.0)
          .withEpochs(8);

  @Test
  void aggregatesAndUnitsGiveTheClosedForm() {
    Simulations simulations = Simulations.draw(PRIOR, ECONOMY, 800, 1);
    try (MicroMacroEstimate estimate =
        MicroMacroEstimate.train(
            PRIOR,
            LAYOUT,
            simulations,
            UnaryOperator.identity(),
            SMALL,
            SMALL,
            1,
            Optional.empty(),
            TrainingListener.NONE)) {
      RandomGenerator random = new Seeds(2).stream("data");
      Data data = ECONOMY.simulate(Vector.of(-0.5, 0.8), random);
      MicroMacroEstimate.Posteriors posteriors =
          estimate.given(data, 2_000, new SliceSampler(10, 60, 1, 0), new Seeds(3));

      // Where hardly anything is left to learn, likelihoods are taken at their word, but for the
      // noise of 80 economies, a tenth or so.
      assertThat(estimate.powers().dataSets()).isEqualTo(80);
      assertThat(estimate.powers().values().min()).isGreaterThan(0.7);
      double macro = estimate.powers().values().get(0);
      double micro = estimate.powers().values().get(1);
      isClosedForm(posteriors.aggregates(), data, 1, 0);
      isClosedForm(posteriors.units().resampled(1_000, new Seeds(4).stream("r")), data, 0, micro);
      assertThat(posteriors.units().weights().reliable()).isTrue();
      isClosedForm(posteriors.both().draws(), data, macro, micro);
      assertThat(posteriors.both().convergence())
          .allSatisfy(chains -> assertThat(chains.bulkSize()).isGreaterThan(100));

      MicroMacroEstimate.Checked checked = estimate.check(data, 1_000, new Seeds(5));
      isClosedForm(checked.both(), data, macro, micro);
      isClosedForm(checked.units(), data, 0, micro);
      assertThat(checked.paretoK()).isLessThan(0.7);
    }
  }

  /**
   * Means to a fifth, standard deviations to a tenth of the exact posterior's, in which likelihoods
   * have these powers.
   */
  private static void isClosedForm(Draws draws, Data data, double ofAggregates, double ofUnits) {
    double[] values = data.values().toArray();
    double sum = 0;
    for (int i = 0; i < UNITS; i++) {
      sum += values[2 + i];
    }
    double macro = ofAggregates / AGGREGATE_VARIANCE;
    double micro = ofUnits * UNITS;
    // Precision [[1 + macro, macro], [macro, 1 + macro + micro]].
    double determinant = (1 + macro) * (1 + macro + micro) - macro * macro;
    double a = macro * values[0];
    double m = macro * values[0] + ofUnits * sum;
    double[] mean = {
      ((1 + macro + micro) * a - macro * m) / determinant,
      ((1 + macro) * m - macro * a) / determinant
    };
    double[] sd = {
      Math.sqrt((1 + macro + micro) / determinant), Math.sqrt((1 + macro) / determinant)
    };
    for (int j = 0; j < 2; j++) {
      Draws.Row row = draws.table().get(j);
      String what = "%s, aggregates %s, units %s".formatted(row.name(), ofAggregates, ofUnits);
      assertThat(row.mean()).as(what).isCloseTo(mean[j], within(0.2 * sd[j]));
      assertThat(row.sd()).as(what).isCloseTo(sd[j], within(0.1 * sd[j]));
    }
  }
}
