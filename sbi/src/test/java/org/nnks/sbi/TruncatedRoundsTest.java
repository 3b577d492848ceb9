package org.nnks.sbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nnks.core.io.InvalidInputException;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.sbi.flow.FlowSpec;

class TruncatedRoundsTest {

  private static final Prior PRIOR =
      Prior.of(Parameter.uniform("a", -5, 5), Parameter.uniform("b", -5, 5));

  /** Two numbers with noise of sd .3 each: a posterior of 1 / 100 of the prior's area. */
  private static final Simulator SIMULATOR =
      Simulator.of(
          DataShape.vector(2),
          (theta, random) ->
              Data.vector(theta.map(t -> t + 0.3 * random.nextGaussian()).toArray()));

  private static final EstimatorConfig CONFIG =
      EstimatorConfig.standard()
          .withFlow(new FlowSpec(FlowSpec.Kind.AFFINE, 2, List.of(16), 4, 4))
          .withWeightDecays(3.0)
          .withBatch(50)
          .withEpochs(10);

  @Test
  void roundsKeepTheTruthAndTheBudget() {
    truthsAreKept(1);
  }

  /** The bar: 50 data sets. */
  @Test
  @Tag("paper")
  void fiftyTruthsAreKept() {
    truthsAreKept(50);
  }

  private static void truthsAreKept(int count) {
    Simulations truths = Simulations.draw(PRIOR, SIMULATOR, 10_000, count, new Seeds(1));
    double widest = 0;
    for (int i = 0; i < count; i++) {
      Data data = truths.data(i);
      try (TruncatedRounds sequence =
          TruncatedRounds.train(PRIOR, SIMULATOR, data, 3, 300, CONFIG, Device.cpu(), i)) {
        assertThat(sequence.budget()).isEqualTo(900);
        assertThat(sequence.keeps(truths.theta(i))).as("data set %d", i).isTrue();
        List<TruncatedRounds.Round> rounds = sequence.rounds();
        assertThat(rounds.get(0).priorShare()).isEqualTo(1);
        assertThat(rounds.get(2).priorShare()).isLessThan(0.5);
        assertThat(rounds.get(1).used()).isBetween(300, 600);
        Simulations fresh = sequence.fresh(SIMULATOR, 50, new Seeds(3));
        assertThat(fresh.size()).isEqualTo(50);
        for (int k = 0; k < fresh.size(); k++) {
          assertThat(sequence.keeps(fresh.theta(k))).isTrue();
        }
        Draws.Row a =
            sequence
                .posterior()
                .given(data)
                .sample(2_000, new Seeds(2).stream("draws", i))
                .table()
                .get(0);
        // Where the bounds are far, the posterior is N(x, .3^2).
        double x = data.values().get(0, 0);
        if (Math.abs(x) < 4) {
          assertThat(a.mean()).isCloseTo(x, within(0.15));
          widest = Math.max(widest, Math.abs(Math.log(a.sd() / 0.3)));
        }
      }
    }
    assertThat(widest).isLessThan(0.5);
  }

  /** Each round's training is found again where it was left; another seed's is refused. */
  @Test
  void roundsGoOnFromACheckpoint(@TempDir Path folder) {
    Data data = Data.vector(1, -2);
    double[] expected = draws(folder, data, 1);
    assertThat(folder.resolve("round_1")).isNotEmptyDirectory();
    assertThat(draws(folder, data, 1)).isEqualTo(expected);
    assertThatThrownBy(() -> draws(folder, data, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("belongs to a training with another configuration, seed");
  }

  private static double[] draws(Path folder, Data data, long seed) {
    try (TruncatedRounds rounds =
        TruncatedRounds.train(
            PRIOR,
            SIMULATOR,
            data,
            2,
            200,
            CONFIG,
            Device.cpu(),
            seed,
            Optional.of(folder),
            TrainingListener.NONE)) {
      return rounds
          .posterior()
          .given(data)
          .sample(50, new Seeds(4).stream("draws"))
          .values()
          .toArray();
    }
  }

  @Test
  void noRoundIsRefused() {
    assertThatThrownBy(
            () ->
                TruncatedRounds.train(
                    PRIOR, SIMULATOR, Data.vector(0, 0), 0, 300, CONFIG, Device.cpu(), 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least 1 round of 100 simulations is needed but got 0 of 300");
  }
}
