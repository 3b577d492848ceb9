package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FlowSpec;

class VariationalPosteriorTest {

  private static final Device CPU = Device.cpu();

  private static final EstimatorConfig SMALL =
      EstimatorConfig.standard()
          .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(16), 4, 4))
          .withWeightDecays(3.0)
          .withEpochs(4);

  @Test
  void aHierarchicalNormalHasItsClosedForm() {
    // A flat prior, which bends the coordinates; its bounds are 10 standard deviations away.
    Prior prior = Prior.of(Parameter.uniform("m", -3, 4));
    List<Data> units = HierarchicalNormal.units(0.7, 10, new Seeds(2).stream("units"));
    double mean = units.stream().mapToDouble(u -> u.values().row(0).mean()).sum() / 10;
    double sd = Math.sqrt(HierarchicalNormal.UNIT_VARIANCE / 10);
    Simulations simulations = Simulations.draw(prior, new HierarchicalNormal(), 10_000, 1);
    try (NeuralLikelihood likelihood = NeuralLikelihood.train(prior, simulations, SMALL, CPU, 1);
        VariationalPosterior fitted =
            VariationalPosterior.fit(
                new LikelihoodPosterior(prior, likelihood, units), SMALL.flow(), 300, CPU, 3)) {
      WeightedDraws draws = fitted.sample(2_000, new Seeds(4).stream("draws"));
      // Its own judge: nearly all draws count.
      assertThat(draws.weights().effectiveSize()).isGreaterThan(0.9 * 2_000);
      assertThat(draws.weights().reliable()).isTrue();
      // Unweighted, too; the likelihood is off by .03 sds, 2,000 draws know the mean to .022.
      Draws.Row row = draws.draws().table().get(0);
      assertThat(row.mean()).isCloseTo(mean, within(0.15 * sd));
      assertThat(row.sd()).isCloseTo(sd, within(0.1 * sd));
    }
  }

  @Test
  void slopesAreThoseOfFiniteDifferences() {
    // Bounded, positive and unbounded parameters, two members, three units.
    Prior prior =
        Prior.of(
            Parameter.uniform("a", -1, 3),
            Parameter.logNormal("b", 0, 0.5),
            Parameter.normal("c", 1, 2));
    Simulator simulator =
        Simulator.of(
            DataShape.vector(2),
            (t, random) ->
                Data.vector(
                    t.get(0) + t.get(1) * random.nextGaussian(),
                    t.get(0) * t.get(2) + random.nextGaussian()));
    Simulations simulations = Simulations.draw(prior, simulator, 500, 1);
    try (NeuralLikelihood likelihood =
        NeuralLikelihood.train(
            prior,
            simulations,
            SMALL.withFlow(FlowSpec.spline()).withMembers(2).withEpochs(3),
            CPU,
            1)) {
      List<Data> units = List.of(Data.vector(0.5, 1), Data.vector(-1, 2), Data.vector(2, -3));
      Matrix theta = Matrix.of(2, 3, 0.3, 0.8, 1.5, 2.5, 1.7, -0.4);
      Matrix slopes = likelihood.slopes(units, theta);
      double h = 1e-6;
      for (int j = 0; j < 3; j++) {
        Vector up = likelihood.logDensity(units, moved(theta, j, h));
        Vector down = likelihood.logDensity(units, moved(theta, j, -h));
        for (int i = 0; i < 2; i++) {
          assertThat(slopes.get(i, j)).isCloseTo((up.get(i) - down.get(i)) / (2 * h), within(1e-5));
        }
      }
      assertThat(Arrays.stream(slopes.toArray()).map(Math::abs).min().orElseThrow()).isPositive();
    }
  }

  private static Matrix moved(Matrix theta, int column, double by) {
    double[][] rows = theta.toRows();
    for (double[] row : rows) {
      row[column] += by;
    }
    return Matrix.ofRows(rows);
  }

  @Test
  void aLikelihoodWithoutGradientsIsRefused() {
    LikelihoodPosterior posterior =
        LikelihoodPosterior.of(
            HierarchicalNormal.PRIOR,
            (data, theta) -> Vector.of(new double[theta.rows()]),
            Data.vector(1, 2, 3));
    assertThatThrownBy(() -> VariationalPosterior.fit(posterior, SMALL.flow(), 10, CPU, 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("NeuralLikelihood");
  }
}
