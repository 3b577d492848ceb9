package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nnks.core.economy.Choice;

class NeuralTrainingTest {

  @Test
  void sizesFollowFromTheNumberOfStatesAndMoments() {
    NeuralTraining one = NeuralTraining.standard();
    assertThat(one.hidden()).containsExactly(128);
    assertThat(one.slopeWeight()).isEqualTo(1);
    NeuralTraining two = NeuralTraining.standard(new TwoStates(new Choice.TasteShocks(.1)));
    assertThat(two.hidden()).containsExactly(128, 128);
    assertThat(two.slopeWeight()).isEqualTo(4);
    assertThat(two.laterSteps()).isGreaterThan(one.laterSteps());
    assertThat(
            two.withHidden(128)
                .withSlopeWeight(1)
                .withSteps(one.warmUp(), one.firstSteps(), one.laterSteps()))
        .isEqualTo(one);
  }

  @Test
  void whoTakesTheBestBranchLearnsFromMoreRoundsOfTargetsThatCostNoMore() {
    NeuralTraining all = NeuralTraining.standard(new TwoStates(new Choice.TasteShocks(.1)));
    NeuralTraining best = NeuralTraining.standard(new TwoStates(new Choice.Best()));
    assertThat(best.hidden()).containsExactly(all.hidden().get(0), 2 * all.hidden().get(1));
    assertThat(best.slopeWeight()).isLessThan(all.slopeWeight());
    int rounds = best.laterSteps() / best.held();
    int usual = all.laterSteps() / all.held();
    assertThat(rounds).isGreaterThan(usual);
    assertThat(rounds * best.batch()).isLessThanOrEqualTo(usual * all.batch());
  }
}
