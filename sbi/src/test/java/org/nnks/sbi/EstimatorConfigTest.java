package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.run.Device;
import org.nnks.sbi.flow.FlowSpec;

/** Networks grow with what they learn from. */
class EstimatorConfigTest {

  @Test
  void conditionersGrowWithTheFourthRootOfTheSimulations() {
    EstimatorConfig config = EstimatorConfig.standard();
    assertThat(config.grownFor(500)).isEqualTo(config);
    assertThat(config.grownFor(10_000)).isEqualTo(config);
    assertThat(config.grownFor(100_000).flow().hidden()).isEqualTo(List.of(89, 89));
    assertThat(config.grownFor(100_000).withFlow(config.flow())).isEqualTo(config);
    assertThat(config.grownFor(100_000_000).flow().hidden()).isEqualTo(List.of(100, 100));
    EstimatorConfig field = EstimatorConfig.flowMatching();
    assertThat(field.grownFor(100_000)).isEqualTo(field);
  }

  @Test
  void aPosteriorSaysHowWideItsConditionersAre() {
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(10), 8, 4))
            .withWeightDecays(0.0)
            .withBijectors(Bijector.PROBIT)
            .withEpochs(1);
    Prior prior = Prior.of(Parameter.uniform("a", 0, 1), Parameter.uniform("b", 0, 1));
    Simulations simulations =
        Simulations.draw(
            prior,
            Simulator.of(DataShape.vector(2), (theta, random) -> Data.vector(theta.toArray())),
            20_000,
            1);
    try (NeuralPosterior posterior =
        NeuralPosterior.train(prior, simulations, config, Device.cpu(), 1)) {
      assertThat(posterior.config().flow().hidden()).containsExactly(12);
    }
  }
}
