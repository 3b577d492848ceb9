package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FlowSpec;

class UnitLikelihoodTest {

  private static final Prior PRIOR = Prior.of(Parameter.normal("m", 0, 1));

  /** Units x = m + 2 c + N(0, 1) of dates with shocks c ~ N(0, 1), which are seen: rows (x, c). */
  private static final Simulator DATES =
      Simulator.of(
          DataShape.vector(2 * 10),
          (theta, random) -> {
            double[] data = new double[20];
            for (int i = 0; i < 10; i++) {
              data[2 * i + 1] = random.nextGaussian();
              data[2 * i] = theta.get(0) + 2 * data[2 * i + 1] + random.nextGaussian();
            }
            return Data.vector(data);
          });

  /**
   * Given c the posterior of m is N(sum (x - 2 c) / (n + 1), 1 / (n + 1)); an unconditional
   * likelihood would see units of variance 5, and a mean that shares their shocks.
   */
  @Test
  void theShocksOfDatesAreConditionedOn() {
    Simulations units = Simulations.draw(PRIOR, DATES, 1_000, 1).part(0, 20, 2).items();
    assertThat(units.size()).isEqualTo(10_000);
    EstimatorConfig config =
        EstimatorConfig.standard()
            .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(16), 4, 4))
            .withWeightDecays(3.0)
            .withEpochs(5);
    try (UnitLikelihood likelihood =
        UnitLikelihood.train(
            units,
            UnaryOperator.identity(),
            1,
            config,
            Device.cpu(),
            1,
            Optional.empty(),
            TrainingListener.NONE)) {
      RandomGenerator random = new Seeds(2).stream("data");
      List<Data> observed = new ArrayList<>();
      double sum = 0;
      for (int i = 0; i < 15; i++) {
        double c = 1 + 0.5 * random.nextGaussian();
        double x = -0.7 + 2 * c + random.nextGaussian();
        observed.add(Data.vector(x, c));
        sum += x - 2 * c;
      }
      // Differences of the log likelihood: -(sum of (e_i - m)^2 less that of (e_i - m')^2) / 2.
      double[] log = likelihood.logDensity(observed, Matrix.of(3, 1, -1, -0.5, 0)).toArray();
      assertThat(log[1] - log[0]).isCloseTo(0.5 * sum + 15 * (1 - 0.25) / 2, within(0.3));
      assertThat(log[2] - log[0]).isCloseTo(sum + 15 * 1 / 2.0, within(0.5));
      assertThat(likelihood.logDensity(observed.get(0), Matrix.of(1, 1, 0)).get(0))
          .isCloseTo(-0.5 * Math.log(2 * Math.PI) - square(observed.get(0)) / 2, within(0.1));
      assertThatThrownBy(() -> likelihood.logDensity(List.of(Data.vector(1)), Matrix.of(1, 1, 0)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("observed data: expected shape (1, 2)");
    }
  }

  private static double square(Data unit) {
    double e = unit.values().get(0, 0) - 2 * unit.values().get(0, 1);
    return e * e;
  }

  @Test
  void partsOfVectorsAreTables() {
    Simulations all = Simulations.draw(PRIOR, DATES, 3, 1);
    Simulations part = all.part(4, 10, 2);
    assertThat(part.shape()).isEqualTo(new DataShape(3, 2));
    assertThat(part.theta(2)).isEqualTo(all.theta(2));
    assertThat(part.data(2)).isEqualTo(all.data(2).part(4, 10, 2));
    assertThat(part.data(2).values().get(1, 0)).isEqualTo(all.data(2).values().get(0, 6));
    assertThatThrownBy(() -> all.part(4, 9, 2)).hasMessageContaining("are no rows of 2");
    assertThatThrownBy(() -> part.part(0, 2, 1)).hasMessageContaining("shape (3, 2)");
  }

  /** Of 40 economies a tenth is held out, with all their units, and units of no other. */
  @Test
  void wholeEconomiesAreHeldOut() {
    long[] numbers = LongStream.range(0, 400).map(i -> 100 + i % 40).toArray();
    int[] held = Training.heldOut(EstimatorConfig.standard(), numbers, new Seeds(1));
    assertThat(held).hasSize(40).doesNotHaveDuplicates();
    assertThat(Arrays.stream(held).mapToLong(i -> numbers[i]).distinct().count()).isEqualTo(4);
  }

  @Test
  void unitsOfOneEconomyCannotBeLearnedFrom() {
    Simulations ten = Simulations.draw(PRIOR, DATES, 1, 1).part(0, 20, 2).items();
    Simulations units = IntStream.range(0, 10).mapToObj(i -> ten).reduce(Simulations::append).get();
    assertThatThrownBy(
            () -> NeuralLikelihood.train(PRIOR, units, EstimatorConfig.standard(), Device.cpu(), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("give rows of at least two");
  }

  /** Which dates stay is drawn anew for each economy: the first would all be early ones. */
  @Test
  void economiesAreThinned() {
    Simulations all = Simulations.draw(PRIOR, DATES, 50, 1).part(0, 20, 2);
    Simulations thin = all.items(3, new Seeds(1).stream("thin"));
    assertThat(thin.size()).isEqualTo(150);
    int[] kept = new int[10];
    for (int i = 0; i < thin.size(); i++) {
      assertThat(thin.theta(i)).isEqualTo(all.theta(i / 3));
      kept[all.data(i / 3).items().indexOf(thin.data(i))]++;
    }
    // Each date 15 times on average, with a standard deviation of 3.2.
    assertThat(Arrays.stream(kept)).allMatch(count -> count > 2 && count < 28);
    assertThat(all.items(10, new Seeds(1).stream("all")).size()).isEqualTo(all.items().size());
  }
}
