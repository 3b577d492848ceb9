package org.nnks.krusellsmith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nnks.core.forecast.ForecastRules;
import org.nnks.core.forecast.LogLinearRule;
import org.nnks.core.numeric.Matrix;
import org.nnks.core.numeric.Vector;
import org.nnks.core.sequence.SequenceAgents;
import org.nnks.core.simulate.EconomySimulator;
import org.nnks.core.simulate.SimulatedPath;
import org.nnks.krusellsmith.rbc.LogAutoregression;
import org.nnks.krusellsmith.transition.EulerStep;
import org.nnks.krusellsmith.transition.HouseholdSequence;
import org.nnks.krusellsmith.transition.RestingHouseholds;

/**
 * What it costs households to believe wrong rules, where it can be worked out otherwise: prices
 * never move, and somebody expects five percent more capital than there will be, quarter after
 * quarter. His lifetime utility is that of his savings, added up by iteration; the method adds up
 * Euler equations.
 */
class HouseholdLossTest {

  private static final double MORE = 1.05;

  private static final KrusellSmith ECONOMY =
      new KrusellSmith(
          KrusellSmithCalibration.liu2024()
              .withProductivity(LogAutoregression.constant(0))
              .withLabour(KrusellSmithCalibration.liu2024().labour().withStates(3))
              .withHistogramNodes(400));

  @Test
  void theLossIsThatOfLifetimeUtility() {
    RestingHouseholds rest = RestingHouseholds.of(ECONOMY, 0);
    double capital = rest.moments()[0];
    ForecastRules wrong = new ForecastRules(flat(MORE * capital), flat(rest.prices()[0]));
    try (GridHouseholds households =
        new GridHouseholds(
            ECONOMY, GridHouseholds.CAPITAL_NODES, GridHouseholds.MEAN_CAPITAL_NODES)) {
      HouseholdSolution solution = households.solve(wrong);
      HouseholdSequence agents = new HouseholdSequence(solution);
      double[] values = new double[agents.size()];
      agents.start(0, new double[] {capital}, values);
      for (int sweep = 0; sweep < 1_200; sweep++) {
        agents.backward(
            0, new double[] {capital}, rest.prices(), new double[][] {values.clone()}, values);
      }
      double[] losses = new double[1_000];
      SimulatedPath path =
          new EconomySimulator()
              .simulate(
                  agents.regretful(beliefs(values, rest), losses).orElseThrow(),
                  new int[losses.length]);
      Households last = Households.of(ECONOMY, 0, path.finalAgents());
      double[][] theirs = new double[ECONOMY.states()][last.nodes()];
      double[][] best = new double[ECONOMY.states()][last.nodes()];
      double[][] nodes = new double[ECONOMY.states()][];
      Arrays.fill(nodes, ECONOMY.capital().nodes().toArray());
      solution.rule().nextCapital(last, nodes, theirs);
      EulerStep step = new EulerStep(ECONOMY, ECONOMY.aggregate());
      step.expect(0, new double[][] {values});
      double mean = last.meanCapital();
      step.save(0, ECONOMY.grossReturn(0, mean), ECONOMY.wage(0, mean), nodes, best);
      double apart = last.mean(utility(best, mean)) - last.mean(utility(theirs, mean));
      double loss = (1 - ECONOMY.discountFactor()) * apart;
      assertThat(loss).isGreaterThan(1e-7);
      assertThat(losses[losses.length - 1]).isCloseTo(loss, withinPercentage(10));
    }
  }

  /** Of a path on which nothing changes. */
  private static SequenceAgents.Beliefs beliefs(double[] values, RestingHouseholds rest) {
    return new SequenceAgents.Beliefs() {
      @Override
      public double[][] next(int period, double[] moments) {
        return new double[][] {values};
      }

      @Override
      public double[] nextMoments(int period, double[] moments) {
        return rest.moments();
      }

      @Override
      public double[] prices(int period) {
        return rest.prices();
      }

      @Override
      public double[] nextPrices(int period, int nextState, double[] nextMoments) {
        return rest.prices();
      }
    };
  }

  private static LogLinearRule flat(double level) {
    return new LogLinearRule(Vector.of(Math.log(level)), Vector.of(0));
  }

  /** Discounted log consumption of who always saves like this, by state and node. */
  private static double[][] utility(double[][] saved, double mean) {
    Matrix transition = ECONOMY.transition(0, 0);
    double beta = ECONOMY.discountFactor();
    int nodes = saved[0].length;
    double[][] value = new double[saved.length][nodes];
    for (int sweep = 0; sweep < 1_200; sweep++) {
      double[][] next = new double[saved.length][nodes];
      for (int s = 0; s < saved.length; s++) {
        double income = ECONOMY.wage(0, mean) * ECONOMY.income(0, s);
        for (int i = 0; i < nodes; i++) {
          int cell = ECONOMY.capital().cell(saved[s][i]);
          double weight = ECONOMY.capital().weight(cell, saved[s][i]);
          double resources = ECONOMY.grossReturn(0, mean) * ECONOMY.capital().get(i) + income;
          next[s][i] = Math.log(resources - saved[s][i]);
          for (int t = 0; t < saved.length; t++) {
            double later = (1 - weight) * value[t][cell] + weight * value[t][cell + 1];
            next[s][i] += beta * transition.get(s, t) * later;
          }
        }
      }
      value = next;
    }
    return value;
  }
}
