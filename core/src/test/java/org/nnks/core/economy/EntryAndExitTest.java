package org.nnks.core.economy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.AgentHistogram;
import org.nnks.core.agents.AgentHistory;
import org.nnks.core.agents.AgentPeriod;
import org.nnks.core.agents.AgentPolicies;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.numeric.Vector;
import org.nnks.core.simulate.Period;
import org.nnks.core.symbolic.Term;

/** The next moment is that of the agents who are then there, whoever left and came. */
class EntryAndExitTest {

  private static final Branch LEAVE = Branch.leaving("leave");

  /** Firms of which one in twenty must close, and others choose to. */
  private record Closing() implements LikeTaxedFirms {

    @Override
    public String name() {
      return "closing-firms";
    }

    @Override
    public List<Branch> branches() {
      return List.of(TaxedFirms.WAIT, TaxedFirms.ADJUST, LEAVE);
    }

    @Override
    public Choice choice() {
      return new Choice.TasteShocks(.1);
    }

    @Override
    public Map<Total, Term> contributions(Branch branch) {
      return Map.of(TaxedFirms.Y, TaxedFirms.CAPITAL);
    }

    @Override
    public List<Price> prices() {
      return List.of();
    }

    @Override
    public Map<Price, Term> residuals() {
      return Map.of();
    }

    @Override
    public Map<String, Term> aggregates() {
      return Map.of("Y", TaxedFirms.Y);
    }

    @Override
    public Turnover turnover() {
      return Turnover.replacing(.05, Vector.of(1.7), own().stationary());
    }
  }

  @Test
  void theNextMomentIsThatOfTheNextDistribution() {
    Closing economy = new Closing();
    ForecastRules rules = ForecastRules.ofCoefficients(1, 0, new double[6]);
    AgentPolicies policies =
        (a, moments) ->
            new AgentPeriod() {
              @Override
              public double[] nextMoments() {
                return moments;
              }

              @Override
              public double[] prices() {
                return new double[0];
              }

              @Override
              public void decide(double[][] prices, CellDecisions[] decisions) {
                Arrays.fill(decisions[0].probability(0), .5);
                Arrays.fill(decisions[0].probability(1), .3);
                Arrays.fill(decisions[0].probability(2), .2);
                Arrays.fill(decisions[0].control(1, 0), 2.5);
              }
            };
    AgentHistory history =
        new AgentHistory(new AgentHistogram(economy), rules::prices, x -> policies);
    for (int t = 1; t <= 5; t++) {
      Period period = history.step(t, 1);
      history.advance(1);
      double total = 0;
      double capital = 0;
      Vector nodes = TaxedFirms.CAPITAL.grid().nodes();
      for (int e = 0; e < 3; e++) {
        for (int i = 0; i < nodes.size(); i++) {
          total += history.distribution().get(e, i);
          capital += history.distribution().get(e, i) * nodes.get(i);
        }
      }
      assertThat(total).isCloseTo(1, within(1e-13));
      // The lowest node keeps what would fall below it.
      assertThat(capital).isCloseTo(period.nextMoments().get(0), within(2e-3));
    }
  }
}
