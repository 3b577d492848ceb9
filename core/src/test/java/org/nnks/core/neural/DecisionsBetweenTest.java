package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.Choice;
import org.nnks.core.symbolic.Expression;

class DecisionsBetweenTest {

  private static final List<Branch> BRANCHES = TwoStates.BRANCHES;
  private static final int CELLS = 2;

  private static DecisionsBetween between(Choice choice) {
    return new DecisionsBetween(new TwoStates(choice));
  }

  private static CellDecisions at(double... prices) {
    CellDecisions decisions = new CellDecisions(BRANCHES, CELLS);
    decisions.at(prices);
    return decisions;
  }

  /** Sets what branches are worth; the best is taken. */
  private static void setValues(CellDecisions decisions, int cell, double... values) {
    int best = 0;
    for (int b = 0; b < values.length; b++) {
      decisions.value(b)[cell] = values[b];
      best = values[b] > values[best] ? b : best;
    }
    decisions.probability(best)[cell] = 1;
  }

  @Test
  void theBestBranchChangesWhereTheTwoLinesCross() {
    DecisionsBetween between = between(new Choice.Best());
    CellDecisions lower = at(1, 2);
    CellDecisions upper = at(1.01, 2);
    setValues(lower, 0, 3, 0, 0);
    setValues(upper, 0, 3, 4, 0); // the second is as good as the first after three quarters
    setValues(lower, 1, 1, 2, 1);
    setValues(upper, 1, 1, 2, 1);
    for (int cell = 0; cell < CELLS; cell++) {
      lower.control(1, 0)[cell] = 10;
      upper.control(1, 0)[cell] = 20;
    }
    CellDecisions decided = at(1.0074, 2);
    assertThat(between.decide(new double[] {1.0074, 2}, lower, upper, decided)).isTrue();
    assertThat(decided.probability(0)).containsExactly(1, 0);
    assertThat(decided.probability(1)).containsExactly(0, 1);
    assertThat(decided.control(1, 0)[1]).isCloseTo(17.4, within(1e-10));
    CellDecisions further = at(1.0076, 2);
    assertThat(between.decide(new double[] {1.0076, 2}, decided, upper, further)).isTrue();
    assertThat(further.probability(0)).containsExactly(0, 0);
    assertThat(further.probability(1)).containsExactly(1, 1);
    assertThat(further.probability(2)).containsExactly(0, 0);
    // nobody has said what is set where the branch is not taken
    assertThat(further.control(1, 0)[0]).isEqualTo(20);
    assertThat(further.control(1, 0)[1]).isCloseTo(17.6, within(1e-10));
  }

  @Test
  void whatIsNotAllowedAtOnePriceIsNotTakenBetween() {
    DecisionsBetween between = between(new Choice.Best());
    CellDecisions lower = at(1, 2);
    CellDecisions upper = at(1.004, 2);
    setValues(lower, 0, 1, Double.NEGATIVE_INFINITY, 0);
    setValues(upper, 0, 1, 9, 0);
    CellDecisions decided = at(1.003, 2);
    assertThat(between.decide(new double[] {1.003, 2}, lower, upper, decided)).isTrue();
    assertThat(decided.probability(0)[0]).isEqualTo(1);
    assertThat(decided.probability(1)[0]).isEqualTo(0);
  }

  @Test
  void sharesOfAgentsWhoDrawACostAreLinear() {
    DecisionsBetween between =
        between(new Choice.UniformCost(BRANCHES.get(1), Expression.constant(.4)));
    assertThat(between.takesBest()).isFalse();
    CellDecisions lower = at(1, 2);
    CellDecisions upper = at(1.004, 2);
    lower.probability(1)[1] = .2;
    upper.probability(1)[1] = .4;
    lower.paid()[1] = 1;
    CellDecisions decided = at(1.001, 2);
    assertThat(between.decide(new double[] {1.001, 2}, lower, upper, decided)).isTrue();
    assertThat(decided.probability(1)[1]).isCloseTo(.25, within(1e-12));
    assertThat(decided.paid()[1]).isCloseTo(.75, within(1e-12));
  }

  @Test
  void pricesThatAreFarApartSayNothing() {
    DecisionsBetween between = between(new Choice.Best());
    CellDecisions decided = at(1.01, 2);
    decided.paid()[0] = -1;
    assertThat(between.decide(new double[] {1.01, 2}, at(1, 2), at(1.02, 2), decided)).isFalse();
    CellDecisions unknown = new CellDecisions(BRANCHES, CELLS);
    assertThat(between.decide(new double[] {1.01, 2}, unknown, at(1.02, 2), decided)).isFalse();
    DecisionsBetween tastes = between(new Choice.TasteShocks(.1));
    assertThat(tastes.decide(new double[] {1.001, 2}, at(1, 2), at(1.004, 2), decided)).isFalse();
    assertThat(decided.paid()[0]).isEqualTo(-1);
  }
}
