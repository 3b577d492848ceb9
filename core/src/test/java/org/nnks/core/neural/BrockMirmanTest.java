package org.nnks.core.neural;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nnks.core.agents.CellDecisions;
import org.nnks.core.economy.Branch;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.Exogenous;
import org.nnks.core.economy.Moment;
import org.nnks.core.economy.Price;
import org.nnks.core.economy.State;
import org.nnks.core.economy.Total;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.symbolic.Expression;
import org.nnks.core.symbolic.Term;
import org.nnks.core.tensor.Readout;

/**
 * One branch and no price, against the closed form of Brock and Mirman: k' = alpha beta A k^alpha.
 */
class BrockMirmanTest {

  private static final double ALPHA = .36;
  private static final double BETA = .9;
  private static final MarkovChain CHAIN = MarkovChain.rouwenhorst(.8, .03, 3);
  private static final Exogenous A = Exogenous.aggregate("A", CHAIN.levels());
  private static final State K = State.logarithmic("k", .06, .5, 20);
  private static final Expression OUTPUT = A.times(K.pow(ALPHA));
  private static final Branch SAVE = Branch.of("save", K.next().atMost(OUTPUT.times(.98)));

  private record Savers() implements DeclaredEconomy {

    @Override
    public String name() {
      return "savers";
    }

    @Override
    public double discountFactor() {
      return BETA;
    }

    @Override
    public MarkovChain aggregate() {
      return CHAIN;
    }

    @Override
    public MarkovChain own() {
      return new MarkovChain(Vector.of(1), Matrix.of(1, 1, 1));
    }

    @Override
    public List<Exogenous> exogenous() {
      return List.of(A);
    }

    @Override
    public List<State> states() {
      return List.of(K);
    }

    @Override
    public List<Moment> moments() {
      return List.of(Moment.mean("K", K, .1, .3));
    }

    @Override
    public List<Price> prices() {
      return List.of();
    }

    @Override
    public List<Branch> branches() {
      return List.of(SAVE);
    }

    @Override
    public Term payoff(Branch branch) {
      return OUTPUT.minus(K.next()).log();
    }

    @Override
    public Map<State, Term> next(Branch branch) {
      return Map.of(K, K.next());
    }

    @Override
    public Map<Total, Term> contributions(Branch branch) {
      return Map.of();
    }

    @Override
    public Map<Price, Term> residuals() {
      return Map.of();
    }

    @Override
    public Map<String, Term> aggregates() {
      return Map.of();
    }

    @Override
    public Initial initial() {
      return new Initial(1, .17);
    }
  }

  @Test
  void saversLearnTheClosedForm() {
    ForecastRules rules =
        FixedRules.rules(List.of(Matrix.of(3, 2, -.4, .8, -.35, .8, -.3, .8)), List.of());
    NeuralTraining training =
        NeuralTraining.standard().withHidden(24, 24).withHeld(10, 10).withSteps(200, 2_500, 1);
    try (NeuralBellman solver =
        new NeuralBellman(
            new Savers(), training, Device.cpu(), DataType.FLOAT32, new Seeds(1), new Readout())) {
      solver.solve(rules);
      double[][] x = {{.08, .12, .17, .25, .35}};
      CellDecisions[] decided = {new CellDecisions(List.of(SAVE), 5)};
      double worst = 0;
      for (int a = 0; a < 3; a++) {
        solver
            .policies(rules, x)
            .period(a, new double[] {.17})
            .decide(new double[][] {{}}, decided);
        for (int i = 0; i < 5; i++) {
          double exact = ALPHA * BETA * CHAIN.level(a) * Math.pow(x[0][i], ALPHA);
          worst = Math.max(worst, Math.abs(Math.log(decided[0].control(0, 0)[i] / exact)));
          assertThat(decided[0].probability(0)[i]).isEqualTo(1);
        }
      }
      // One and a half times what this seed reaches: .014.
      assertThat(worst).isLessThan(.021);
    }
  }
}
