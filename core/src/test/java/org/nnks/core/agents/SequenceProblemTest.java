package org.nnks.core.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.accuracy.PathGap;
import org.nnks.core.economy.DeclaredEconomy;
import org.nnks.core.economy.ExogenousShock;
import org.nnks.core.economy.TaxedFirms;
import org.nnks.core.markov.MarkovChain;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.projection.ProjectionSolver;
import org.nnks.core.run.Device;
import org.nnks.core.run.Seeds;
import org.nnks.core.sequence.RepeatedTransition;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.sequence.SequenceConfig;
import org.nnks.core.sequence.SequenceSolution;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.core.solve.KrusellSmithSolver;
import org.nnks.core.solve.Solution;

/** A declared economy without rules, beside the same with rules. */
class SequenceProblemTest {

  private static final int BURN_IN = 200;
  private static final int PERIODS = 700;

  /** How much more capital there will be than the rules say. */
  private static final double MORE = 1.05;

  private static final RepeatedTransition METHOD =
      new RepeatedTransition(SequenceConfig.standard(BURN_IN), (iteration, change, state) -> {});

  @Test
  void firmsWithoutRulesClearTheirMarketsNearThePathOfRules() {
    DeclaredEconomy economy = TaxedFirms.of(.02);
    Seeds seeds = new Seeds(1);
    int[] shocks = economy.aggregate().simulate(0, PERIODS, seeds.stream("aggregate"));
    try (ProjectionSolver projection = new ProjectionSolver(economy, Device.cpu(), seeds)) {
      Solution rules = new KrusellSmithSolver().solve(economy, projection, shocks, seeds);
      SequenceProblem agents = new SequenceProblem((AgentSolution) rules.agents());
      SequenceSolution solution = METHOD.solve(agents, rules.path());
      SimulatedPath path = solution.path();
      assertThat(solution.converged()).isTrue();
      assertThat(path.clearing().failures()).isZero();
      assertThat(Arrays.stream(path.finalAgents().toArray()).sum()).isCloseTo(1, within(1e-12));
      for (PathGap gap : PathGap.between(path, rules.path(), BURN_IN).subList(0, 2)) {
        assertThat(gap.meanAbsolute()).isBetween(1e-5, .1);
      }
      Vector losses = solution.losses().orElseThrow();
      assertThat(losses.slice(BURN_IN, losses.size()).mean()).isBetween(0.0, 1e-6);
      assertThat(lossesOfTheFirstPeriod(economy, agents, rules)[0])
          .isCloseTo(bruteForceLoss(economy, (AgentSolution) rules.agents()), withinPercentage(1));
    }
  }

  /** Firms who know that K' will be higher than the rules say lose by believing them. */
  private static double[] lossesOfTheFirstPeriod(
      DeclaredEconomy economy, SequenceProblem agents, Solution rules) {
    double[] losses = new double[1];
    int state = economy.initial().aggregateState();
    double mean = economy.initial().moments().get(0);
    double expected = rules.rules().nextCapital(state, mean);
    double price = rules.rules().price(state, mean);
    SequenceAgents.Beliefs beliefs =
        new SequenceAgents.Beliefs() {
          @Override
          public double[][] next(int period, double[] moments) {
            double[][] next = new double[economy.aggregate().size()][agents.size()];
            for (int a = 0; a < next.length; a++) {
              agents.start(a, new double[] {MORE * expected}, next[a]);
            }
            return next;
          }

          @Override
          public double[] nextMoments(int period, double[] moments) {
            return new double[] {expected};
          }

          @Override
          public double[] prices(int period) {
            return new double[] {price};
          }

          @Override
          public double[] nextPrices(int period, int nextState, double[] nextMoments) {
            return new double[] {price};
          }
        };
    new EconomySimulator()
        .simulate(agents.regretful(beliefs, losses).orElseThrow(), new int[] {state});
    return losses;
  }

  /**
   * The same from the equations of {@link TaxedFirms}, with k' on a fine mesh and firms spread
   * evenly over the points of the histogram, as histories begin.
   */
  private static double bruteForceLoss(DeclaredEconomy economy, AgentSolution solution) {
    int state = economy.initial().aggregateState();
    double mean = economy.initial().moments().get(0);
    double expected = solution.rules().nextCapital(state, mean);
    double price = solution.rules().price(state, mean);
    double[] capital = new AgentHistogram(economy).levels()[0];
    double[] kept = Arrays.stream(capital).map(k -> .9 * k).toArray();
    double[] inside = Arrays.stream(kept).map(k -> Math.max(.3, k)).toArray();
    double[] mesh = new double[4_001];
    Arrays.setAll(mesh, i -> .3 * Math.pow(10 / .3, i / 4_000.0));
    Vector stationary = economy.own().stationary();
    double best = 0;
    double theirs = 0;
    for (int z = 0; z < stationary.size(); z++) {
      double[] known = worth(solution, state, z, MORE * expected, mesh);
      double[] believed = worth(solution, state, z, expected, mesh);
      double[] knownKept = worth(solution, state, z, MORE * expected, inside);
      double[] believedKept = worth(solution, state, z, expected, inside);
      int target = best(known, mesh, price);
      int wrong = best(believed, mesh, price);
      double productivity = economy.aggregate().level(state) * economy.own().level(z);
      for (int i = 0; i < capital.length; i++) {
        double profit = price * .9 * (productivity * Math.pow(capital[i], .3) - .02);
        double gain = known[target] - knownKept[i] - price * (mesh[target] - kept[i]);
        double theirGain = known[wrong] - knownKept[i] - price * (mesh[wrong] - kept[i]);
        double hoped = believed[wrong] - believedKept[i] - price * (mesh[wrong] - kept[i]);
        double weight = stationary.get(z) / capital.length;
        best += weight * (profit + knownKept[i] + net(gain, gain));
        theirs += weight * (profit + knownKept[i] + net(theirGain, hoped));
      }
    }
    return (best - theirs) / best / (1 - .95);
  }

  /** What adjusting adds if those do whose cost, drawn evenly up to .04, is less than hoped for. */
  private static double net(double gain, double hoped) {
    double probability = Math.min(1, Math.max(0, hoped / .04));
    return probability * gain - .04 * probability * probability / 2;
  }

  private static int best(double[] worth, double[] mesh, double price) {
    int best = 0;
    for (int i = 1; i < worth.length; i++) {
      best = worth[i] - price * mesh[i] > worth[best] - price * mesh[best] ? i : best;
    }
    return best;
  }

  /** The discounted expectation of V at each k', if K' is as given. */
  private static double[] worth(
      AgentSolution solution, int state, int z, double nextMean, double[] mesh) {
    DeclaredEconomy economy = solution.economy();
    double[] worth = new double[mesh.length];
    for (int a = 0; a < economy.aggregate().size(); a++) {
      Matrix values = solution.valuesAt(a, new double[] {nextMean}, new double[][] {mesh});
      for (int e = 0; e < economy.own().size(); e++) {
        double weight =
            .95 * economy.aggregate().probability(state, a) * economy.own().probability(z, e);
        for (int i = 0; i < mesh.length; i++) {
          worth[i] += weight * values.get(e, i);
        }
      }
    }
    return worth;
  }

  /**
   * A state of high productivity from which the economy returns for certain, step by step, and in
   * which nobody expected to be: period by period against the whole path at once.
   */
  @Test
  void aPathThatReturnsForCertainIsThePerfectForesightTransition() {
    int steps = 12;
    double size = .02;
    double persistence = .6;
    double[] levels = new double[steps + 1];
    double[][] rows = new double[steps + 1][steps + 1];
    for (int j = 0; j <= steps; j++) {
      levels[j] = j == steps ? 1 : Math.exp(size * Math.pow(persistence, j));
      rows[j][Math.min(j + 1, steps)] = 1;
    }
    DeclaredEconomy economy =
        new TaxedFirms(.1, .02, new MarkovChain(Vector.of(levels), Matrix.ofRows(rows)));
    int horizon = 80;
    int[] states = new int[BURN_IN + 50 + horizon];
    Arrays.fill(states, steps);
    int date = BURN_IN + 50;
    for (int j = 0; j < steps; j++) {
      states[date + j] = j;
    }
    try (ProjectionSolver projection = new ProjectionSolver(economy, Device.cpu(), new Seeds(1))) {
      AgentSolution start = projection.solve(projection.coldStart());
      SimulatedPath path =
          METHOD
              .solve(
                  new SequenceProblem(start),
                  new EconomySimulator().simulate(start.policies(), states))
              .path();
      ForesightPath known =
          new PerfectForesight(
                  StationaryEquilibrium.of(economy, steps),
                  ExogenousShock.variables(economy).get(0),
                  horizon)
              .shock(size, persistence);
      double impact = Math.log(path.output().get(date) / path.output().get(date - 1));
      assertThat(impact).isGreaterThan(.5 * size);
      for (int t = 0; t < 20; t++) {
        double output = 100 * Math.log(path.output().get(date + t) / path.output().get(date - 1));
        double capital =
            100 * Math.log(path.capital().get(date + t) / path.capital().get(date - 1));
        assertThat(output).isCloseTo(known.deviations("Y").get(t), within(100 * size * .01));
        assertThat(capital).isCloseTo(known.deviations("K").get(t), within(100 * size * .01));
      }
    }
  }
}
